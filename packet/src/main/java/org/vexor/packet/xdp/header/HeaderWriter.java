package org.vexor.packet.xdp.header;

import java.lang.foreign.MemorySegment;

/// Writes Ethernet, IP and UDP headers in front of a payload, checksums and all; for one source
/// port. Allocates nothing.
///
/// IPv4 goes with DF, without identification (RFC 6864), TTL 64; UDP always with a checksum, so
/// that what a NIC or a memory corrupts does not reach a handler.
public final class HeaderWriter {
  /// Before each payload: enough for Ethernet, IPv6 and UDP, and whole cache lines.
  public static final int HEADROOM_BYTES = 64;

  private static final int IPV4_HEADERS = Wire.IPV4_BYTES + Wire.UDP_BYTES;
  private static final int IPV6_HEADERS = Wire.IPV6_BYTES + Wire.UDP_BYTES;

  /// No identification, DF, no offset, TTL 64, UDP.
  private static final long IPV4_REST = 0x0000_4000_4011L;

  /// Next header UDP, hop limit 64.
  private static final long IPV6_REST = 0x1140L;

  /// The sum of the 16-bit words of an IPv4 header that never change.
  private static final long IPV4_SUM = 0x4500 + 0x4000 + 0x4011;

  private final int sourcePort;
  private final boolean bound;
  private final long sourceHigh;
  private final long sourceLow;
  private final long sourceSum;

  /// @param bound whether the source address is the one given, and not that of each path
  public HeaderWriter(boolean bound, long sourceHigh, long sourceLow, int sourcePort) {
    this.bound = bound;
    this.sourceHigh = sourceHigh;
    this.sourceLow = sourceLow;
    this.sourcePort = sourcePort;
    boolean ipv4 = sourceHigh == 0 && sourceLow >>> 32 == 0xffff;
    sourceSum = InternetChecksum.ofAddress(ipv4, sourceHigh, sourceLow);
  }

  /// IP and UDP headers in bytes.
  public static int headerBytes(boolean ipv4) {
    return ipv4 ? IPV4_HEADERS : IPV6_HEADERS;
  }

  /// Bytes of the frame before the payload.
  public static int frameBytes(boolean ipv4) {
    return Wire.ETHERNET_BYTES + headerBytes(ipv4);
  }

  /// Writes the headers of a payload that lies at `payload`, which is [#HEADROOM_BYTES] into its
  /// frame or more; the frame begins [#frameBytes] before the payload.
  public void write(
      MemorySegment memory, long payload, int length, FrameHeader header, int targetPort) {
    int udpLength = length + Wire.UDP_BYTES;
    long sum =
        header.targetSum
            + (bound ? sourceSum : header.sourceSum)
            + Wire.UDP
            + 2L * udpLength
            + sourcePort
            + targetPort
            + InternetChecksum.of(memory, payload, length);
    int checksum = InternetChecksum.fold(sum) ^ 0xffff;
    // Zero would mean "none"; both are zero in one's complement.
    checksum = checksum == 0 ? 0xffff : checksum;
    long ports = (long) sourcePort << 48 | (long) targetPort << 32;
    memory.set(Wire.LONG, payload - 8, ports | (long) udpLength << 16 | checksum);
    if (header.ipv4) {
      ipv4(memory, payload - IPV4_HEADERS - Wire.ETHERNET_BYTES, udpLength, header);
    } else {
      ipv6(memory, payload - IPV6_HEADERS - Wire.ETHERNET_BYTES, udpLength, header);
    }
  }

  private void ipv4(MemorySegment memory, long frame, int udpLength, FrameHeader header) {
    int total = udpLength + Wire.IPV4_BYTES;
    long source = (bound ? sourceLow : header.sourceLow) & Wire.INT_MASK;
    long sum = IPV4_SUM + total + header.targetSum + (bound ? sourceSum : header.sourceSum);
    long checksum = InternetChecksum.fold(sum) ^ 0xffff;
    memory.set(Wire.LONG, frame, header.first);
    memory.set(Wire.LONG, frame + 8, header.second);
    memory.set(Wire.LONG, frame + 16, (long) total << 48 | IPV4_REST);
    memory.set(Wire.SHORT, frame + 24, (short) checksum);
    memory.set(Wire.LONG, frame + 26, source << 32 | (header.targetLow & Wire.INT_MASK));
  }

  private void ipv6(MemorySegment memory, long frame, int udpLength, FrameHeader header) {
    long ip = frame + Wire.ETHERNET_BYTES;
    memory.set(Wire.LONG, frame, header.first);
    memory.set(Wire.LONG, frame + 8, header.second);
    memory.set(Wire.LONG, ip, 6L << 60 | (long) udpLength << 16 | IPV6_REST);
    memory.set(Wire.LONG, ip + 8, bound ? sourceHigh : header.sourceHigh);
    memory.set(Wire.LONG, ip + 16, bound ? sourceLow : header.sourceLow);
    memory.set(Wire.LONG, ip + 24, header.targetHigh);
    memory.set(Wire.LONG, ip + 32, header.targetLow);
  }
}
