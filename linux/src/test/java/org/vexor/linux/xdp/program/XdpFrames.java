package org.vexor.linux.xdp.program;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Frames made and read by hand for the tests of AF_XDP, written apart from the code under test.
public final class XdpFrames {
  private static final int ETHERNET = 14;
  private static final int UDP = 8;

  private XdpFrames() {}

  /// A UDP datagram in an Ethernet frame.
  ///
  /// @param addresses source and destination, 8 bytes for IPv4 or 32 for IPv6
  public static byte[] udp(
      byte[] macs, byte[] addresses, int sourcePort, int destinationPort, byte[] payload) {
    boolean v4 = addresses.length == 8;
    int header = v4 ? 20 : 40;
    byte[] frame = new byte[ETHERNET + header + UDP + payload.length];
    ByteBuffer out = ByteBuffer.wrap(frame);
    out.put(macs).putShort((short) (v4 ? 0x0800 : 0x86dd));
    int length = UDP + payload.length;
    if (v4) {
      out.putShort((short) 0x4500).putShort((short) (20 + length));
      out.putInt(0x00004000).putShort((short) 0x4011).putShort((short) 0).put(addresses);
      int sum = sum(frame, ETHERNET, 20, 0);
      out.putShort(ETHERNET + 10, (short) ~sum);
    } else {
      out.putInt(0x60000000).putShort((short) length).put((byte) 17).put((byte) 64).put(addresses);
    }
    out.putShort((short) sourcePort).putShort((short) destinationPort);
    out.putShort((short) length).putShort((short) 0).put(payload);
    int at = ETHERNET + header;
    int checksum = ~udpSum(frame, at, addresses.length, length) & 0xffff;
    out.putShort(at + 6, (short) (checksum == 0 ? 0xffff : checksum));
    return frame;
  }

  /// An answer to the sender of an untagged frame without options.
  public static byte[] answer(byte[] frame, byte[] payload) {
    int header = isV4(frame) ? 20 : 40;
    int size = isV4(frame) ? 4 : 16;
    int end = ETHERNET + header;
    byte[] macs = join(Arrays.copyOfRange(frame, 6, 12), Arrays.copyOf(frame, 6));
    byte[] addresses =
        join(
            Arrays.copyOfRange(frame, end - size, end),
            Arrays.copyOfRange(frame, end - 2 * size, end - size));
    ByteBuffer in = ByteBuffer.wrap(frame);
    return udp(macs, addresses, in.getShort(end + 2), in.getShort(end), payload);
  }

  /// The payload of such a frame.
  public static byte[] payload(byte[] frame) {
    int at = ETHERNET + (isV4(frame) ? 20 : 40);
    int length = Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(at + 4));
    return Arrays.copyOfRange(frame, at + UDP, at + length);
  }

  /// Whether the checksums of such a frame are right.
  public static boolean checksumsAreRight(byte[] frame) {
    int header = isV4(frame) ? 20 : 40;
    int at = ETHERNET + header;
    int length = Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(at + 4));
    boolean ip = !isV4(frame) || sum(frame, ETHERNET, 20, 0) == 0xffff;
    return ip && udpSum(frame, at, isV4(frame) ? 8 : 32, length) == 0xffff;
  }

  private static boolean isV4(byte[] frame) {
    return frame[12] == 8;
  }

  /// Pseudo header (addresses lie right before the UDP header) and datagram.
  private static int udpSum(byte[] frame, int at, int addressBytes, int length) {
    return sum(frame, at - addressBytes, addressBytes + length, 17 + length);
  }

  private static int sum(byte[] bytes, int from, int length, int start) {
    long sum = start;
    for (int i = 0; i < length; i++) {
      sum += (long) (bytes[from + i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) sum;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
