package org.vexor.packet.xdp.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.packet.Endpoint;

/// Headers written and read again, bytes of a known packet, and frames of any bytes.
final class FrameTest {
  private static final long MAC_A = 0x0a1b_2c3d_4e5fL;
  private static final long MAC_B = 0xf0e1_d2c3_b4a5L;
  private static final int PAYLOAD_AT = HeaderWriter.HEADROOM_BYTES;

  private final SplittableRandom random = new SplittableRandom(3);
  private final MemorySegment memory = Arena.ofAuto().allocate(2048, 64);

  private static Endpoint endpoint(boolean ipv4, int last, int port) {
    return Endpoint.parse((ipv4 ? "10.1.2." + last : "[fd00::1:" + last + "]") + ":" + port);
  }

  /// The frame begins at the offset that is returned.
  private int write(Endpoint from, Endpoint to, boolean bound, int length) {
    for (int i = 0; i < length; i++) {
      memory.set(ValueLayout.JAVA_BYTE, PAYLOAD_AT + i, (byte) random.nextInt());
    }
    var header = new FrameHeader();
    Endpoint unbound = endpoint(from.isIpv4(), 99, 0);
    Endpoint path = bound ? unbound : from;
    header.set(MAC_B, MAC_A, to.high(), to.low(), path.high(), path.low());
    Endpoint port = bound ? from : endpoint(from.isIpv4(), 98, from.port());
    var writer = new HeaderWriter(bound, port.high(), port.low(), port.port());
    writer.write(memory, PAYLOAD_AT, length, header, to.port());
    return PAYLOAD_AT - HeaderWriter.frameBytes(from.isIpv4());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrittenIsReadWithRightChecksums(boolean ipv4) {
    var parser = new FrameParser(true);
    for (int round = 0; round < 4000; round++) {
      int length = random.nextInt(1900);
      Endpoint from = endpoint(ipv4, random.nextInt(90), 1 + random.nextInt(65535));
      Endpoint to = endpoint(ipv4, 100 + random.nextInt(90), 1 + random.nextInt(65535));
      int at = write(from, to, random.nextBoolean(), length);
      int bytes = PAYLOAD_AT - at + length;
      assertTrue(parser.parse(memory, at, bytes));
      assertEquals(PAYLOAD_AT, parser.payloadOffset());
      assertEquals(length, parser.payloadBytes());
      assertEquals(
          from, new Endpoint(parser.sourceHigh(), parser.sourceLow(), parser.sourcePort()));
      assertEquals(to, new Endpoint(parser.targetHigh(), parser.targetLow(), parser.targetPort()));
      // Ethernet pads short frames.
      assertTrue(parser.parse(memory, at, bytes + 6));
      assertFalse(parser.parse(memory, at, bytes - 1));
      flip(at + 14 + random.nextInt(bytes - 14), parser, at, bytes);
    }
  }

  /// A bit that changes anywhere behind the Ethernet header is noticed, but for the fields that no
  /// checksum of IPv6 covers.
  private void flip(int where, FrameParser parser, int at, int bytes) {
    byte before = memory.get(ValueLayout.JAVA_BYTE, where);
    memory.set(ValueLayout.JAVA_BYTE, where, (byte) (before ^ (1 << random.nextInt(8))));
    boolean ipv6 = memory.get(ValueLayout.JAVA_BYTE, at + 12) == (byte) 0x86;
    boolean covered = !ipv6 || where >= at + 22 || where == at + 20;
    if (covered) {
      assertFalse(parser.parse(memory, at, bytes), () -> "flipped byte " + (where - at));
    }
    memory.set(ValueLayout.JAVA_BYTE, where, before);
  }

  /// Worked out by hand from RFC 791 and 768.
  @Test
  void writesTheBytesOfTheStandards() {
    byte[] payload = {'v', 'e', 'x', 'o', 'r'};
    MemorySegment.copy(payload, 0, memory, ValueLayout.JAVA_BYTE, PAYLOAD_AT, payload.length);
    var header = new FrameHeader();
    Endpoint to = Endpoint.parse("10.0.0.2:22136");
    Endpoint from = Endpoint.parse("10.0.0.1:4660");
    header.set(MAC_B, MAC_A, to.high(), to.low(), from.high(), from.low());
    new HeaderWriter(false, 0, 0, from.port()).write(memory, PAYLOAD_AT, 5, header, to.port());
    byte[] frame = memory.asSlice(PAYLOAD_AT - 42, 47).toArray(ValueLayout.JAVA_BYTE);
    String expected =
        "f0e1d2c3b4a5"
            + "0a1b2c3d4e5f"
            + "0800"
            + "4500002100004000401126ca"
            + "0a000001"
            + "0a000002"
            + "12345678000d"
            + "%04x".formatted(slowSum(frame))
            + "7665786f72";
    assertEquals(expected, HexFormat.of().formatHex(frame));
  }

  /// RFC 768 and 1071 word by word, of a frame over IPv4 with a payload of odd length.
  private static int slowSum(byte[] frame) {
    long sum = 17L + (frame.length - 34);
    for (int i = 26; i < frame.length; i += 2) {
      int word = (frame[i] & 0xff) << 8 | (i + 1 < frame.length ? frame[i + 1] & 0xff : 0);
      sum += i == 40 ? 0 : word;
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) (sum ^ 0xffff);
  }

  @Test
  void aTagIsReadOver() {
    int at = write(endpoint(true, 1, 5), endpoint(true, 2, 6), true, 40);
    MemorySegment.copy(memory, at, memory, at - 4, 12);
    memory.set(Wire.INT, at + 8, 0x8100_0005);
    var parser = new FrameParser(true);
    assertTrue(parser.parse(memory, at - 4, 42 + 4 + 40));
    assertEquals(40, parser.payloadBytes());
    assertEquals(6, parser.targetPort());
  }

  /// Every read stays inside the frame: it lies at the end of a segment of its own.
  @Test
  void anyBytesAreReadWithoutLeavingTheFrame() {
    var parser = new FrameParser(true);
    int taken = 0;
    for (int round = 0; round < 50_000; round++) {
      boolean ipv4 = random.nextBoolean();
      int payload = random.nextInt(64);
      int at = write(endpoint(ipv4, 1, 5), endpoint(ipv4, 2, 6), true, payload);
      int bytes = PAYLOAD_AT - at + payload;
      for (int change = random.nextInt(4); change > 0; change--) {
        memory.set(ValueLayout.JAVA_BYTE, at + random.nextInt(bytes), (byte) random.nextInt());
      }
      int cut = random.nextInt(3) == 0 ? random.nextInt(bytes + 1) : bytes;
      boolean ours = parser.parse(memory.asSlice(at, cut), 0, cut);
      if (ours) {
        taken++;
        assertTrue(parser.payloadOffset() + parser.payloadBytes() <= cut);
      }
    }
    assertTrue(taken > 5_000 && taken < 45_000, "both answers are tried: " + taken);
  }
}
