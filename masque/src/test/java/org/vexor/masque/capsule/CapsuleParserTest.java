package org.vexor.masque.capsule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class CapsuleParserTest {
  private static final long WANTED = CapsuleType.DATAGRAM;
  private static final int LIMIT = 4_096;

  private final List<String> found = new ArrayList<>();
  private boolean wellFormed = true;
  private final CapsuleParser parser = parser(LIMIT);

  private CapsuleParser parser(int limit) {
    return new CapsuleParser(
        UnpooledByteBufAllocator.DEFAULT,
        new CapsuleReceiver() {
          @Override
          public boolean wants(long type, long lengthBytes) {
            return type == WANTED;
          }

          @Override
          public boolean capsule(long type, ByteBuf value) {
            found.add(type + ":" + ByteBufUtil.hexDump(value));
            return wellFormed;
          }

          @Override
          public void skipped(long type, long lengthBytes, boolean tooLong) {
            found.add(type + " skipped " + lengthBytes + (tooLong ? " too long" : ""));
          }
        },
        limit);
  }

  private static ByteBuf capsule(long type, byte[] value) {
    ByteBuf out = Unpooled.buffer();
    CapsuleWriter.write(out, type, Unpooled.wrappedBuffer(value));
    return out;
  }

  private static ByteBuf hex(String text) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(text.replace(" ", "")));
  }

  @Test
  void findsCapsulesCutAtEveryByte() {
    ByteBuf stream =
        Unpooled.wrappedBuffer(
            capsule(WANTED, new byte[] {1, 2, 3}),
            capsule(CapsuleType.reserved(1), new byte[100]),
            capsule(WANTED, new byte[0]),
            capsule(WANTED, new byte[] {4}));
    for (int cut = 0; cut <= stream.readableBytes(); cut++) {
      found.clear();
      try (CapsuleParser fresh = parser(LIMIT)) {
        assertTrue(fresh.parse(stream.slice(0, cut)));
        assertTrue(fresh.parse(stream.slice(cut, stream.readableBytes() - cut)));
        assertTrue(fresh.finish());
      }
      assertEquals(List.of("0:010203", "64 skipped 100", "0:", "0:04"), found, "cut at " + cut);
    }
  }

  @Test
  void readsByteByByte() {
    ByteBuf stream =
        Unpooled.wrappedBuffer(capsule(0x1234, new byte[5]), capsule(WANTED, new byte[] {9, 8}));
    while (stream.isReadable()) {
      assertTrue(parser.parse(stream.readSlice(1)));
    }
    assertEquals(List.of("4660 skipped 5", "0:0908"), found);
    assertTrue(parser.finish());
  }

  @Test
  void takesVarintsThatAreLongerThanNeeded() {
    assertTrue(parser.parse(hex("4000 4002 aabb  80000000 c000000000000001 cc")));
    assertEquals(List.of("0:aabb", "0:cc"), found);
  }

  @Test
  void skipsAGibibyteOfAnUnknownTypeWithoutHoldingIt() {
    long gibibyte = 1L << 30;
    ByteBuf header = Unpooled.buffer();
    CapsuleWriter.writeHeader(header, 0x2a, gibibyte);
    assertTrue(parser.parse(header));
    ByteBuf block = Unpooled.wrappedBuffer(new byte[1 << 20]);
    for (int i = 0; i < 1_024; i++) {
      assertFalse(parser.finish());
      assertTrue(parser.parse(block.duplicate()));
      assertEquals(0, parser.heldBytes());
    }
    assertTrue(parser.finish());
    assertTrue(parser.parse(capsule(WANTED, new byte[] {7})));
    assertEquals(List.of("42 skipped " + gibibyte, "0:07"), found);
  }

  @Test
  void skipsWhatIsWantedButTooLong() {
    assertTrue(parser.parse(capsule(WANTED, new byte[LIMIT + 1])));
    assertTrue(parser.parse(capsule(WANTED, new byte[] {1})));
    assertEquals(List.of("0 skipped 4097 too long", "0:01"), found);
  }

  @Test
  void saysWhenTheStreamEndsWithinACapsule() {
    ByteBuf stream = capsule(WANTED, new byte[] {1, 2, 3});
    for (int length = 0; length <= stream.readableBytes(); length++) {
      try (CapsuleParser fresh = parser(LIMIT)) {
        assertTrue(fresh.parse(stream.slice(0, length)));
        assertEquals(length == 0 || length == stream.readableBytes(), fresh.finish());
      }
    }
  }

  @Test
  void staysMalformedOnceAValueWas() {
    wellFormed = false;
    assertFalse(parser.parse(capsule(WANTED, new byte[] {1})));
    ByteBuf more = capsule(WANTED, new byte[] {2});
    assertFalse(parser.parse(more));
    assertEquals(0, more.readableBytes());
    assertFalse(parser.finish());
    assertEquals(1, found.size());
  }

  @Test
  void letsGoOfAnIncompleteValue() {
    parser.parse(capsule(WANTED, new byte[100]).slice(0, 50));
    assertEquals(100, parser.heldBytes());
    parser.close();
    parser.close();
    assertEquals(0, parser.heldBytes());
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadHoweverItIsCut(
      @ForAll @Size(max = 8) List<byte[]> values, @ForAll @Size(max = 8) List<Byte> cuts) {
    ByteBuf stream = Unpooled.buffer();
    var expected = new ArrayList<String>();
    for (byte[] value : values) {
      CapsuleWriter.write(stream, WANTED, Unpooled.wrappedBuffer(value));
      expected.add("0:" + ByteBufUtil.hexDump(value));
    }
    found.clear();
    try (CapsuleParser fresh = parser(LIMIT)) {
      for (byte cut : cuts) {
        fresh.parse(stream.readSlice(Math.min(cut & 0x7f, stream.readableBytes())));
      }
      assertTrue(fresh.parse(stream));
      assertTrue(fresh.finish());
    }
    assertEquals(expected, found);
  }

  @FuzzTest(maxDuration = "30s")
  void neverThrowsNorHoldsMoreThanTheLimit(byte[] bytes) {
    if (bytes == null) {
      return;
    }
    try (CapsuleParser fresh = parser(64)) {
      ByteBuf in = Unpooled.wrappedBuffer(bytes);
      while (in.isReadable()) {
        fresh.parse(in.readSlice(Math.min(3, in.readableBytes())));
        assertTrue(fresh.heldBytes() <= 64);
      }
      fresh.finish();
    }
  }
}
