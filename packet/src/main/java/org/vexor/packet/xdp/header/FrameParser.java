package org.vexor.packet.xdp.header;

import java.lang.foreign.MemorySegment;

/// Reads one received frame after another: a whole UDP datagram over IPv4 or IPv6, untagged or with
/// one 802.1Q tag. What it is not sure of it refuses. Owner thread only; allocates nothing.
///
/// The header of IPv4 is verified; the checksum of UDP only on demand, because a frame of a
/// neighbour on the same machine (veth, virtio) may carry an unfinished one (CHECKSUM_PARTIAL).
public final class FrameParser {
  private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;
  private static final long MAPPED = 0xffffL << 32;

  private final boolean verify;
  private boolean ipv4;
  private long payloadOffset;
  private int payloadBytes;
  private long sourceHigh;
  private long sourceLow;
  private int sourcePort;
  private long targetHigh;
  private long targetLow;
  private int targetPort;

  /// @param verify whether UDP checksums are verified
  public FrameParser(boolean verify) {
    this.verify = verify;
  }

  /// Reads a frame.
  ///
  /// @param at offset of its Ethernet header
  /// @return whether it is such a datagram; the fields are good until the next call then
  public boolean parse(MemorySegment memory, long at, int length) {
    if (length < Wire.ETHERNET_BYTES + Wire.IPV4_BYTES + Wire.UDP_BYTES) {
      return false;
    }
    long end = at + length;
    long ip = at + Wire.ETHERNET_BYTES;
    int type = memory.get(Wire.SHORT, ip - 2) & 0xffff;
    if (type == Wire.ETH_P_8021Q) {
      ip += Wire.TAG_BYTES;
      type = memory.get(Wire.SHORT, ip - 2) & 0xffff;
    }
    if (type == Wire.ETH_P_IP) {
      return ipv4(memory, ip, end);
    }
    return type == Wire.ETH_P_IPV6 && ipv6(memory, ip, end);
  }

  private boolean ipv4(MemorySegment memory, long ip, long end) {
    if (end - ip < Wire.IPV4_BYTES + Wire.UDP_BYTES) {
      return false;
    }
    long first = memory.get(Wire.LONG, ip);
    long second = memory.get(Wire.LONG, ip + 8);
    long target = memory.get(Wire.INT, ip + 16) & Wire.INT_MASK;
    int versionAndWords = (int) (first >>> 56);
    int header = (versionAndWords & 0xf) * 4;
    int total = (int) (first >>> 32) & 0xffff;
    if (versionAndWords >>> 4 != 4
        || header < Wire.IPV4_BYTES
        || total < header + Wire.UDP_BYTES
        || total > end - ip
        || (first & MORE_FRAGMENTS_OR_OFFSET) != 0
        || ((int) (second >>> 48) & 0xff) != Wire.UDP) {
      return false;
    }
    long sum = (first >>> 32) + (first & Wire.INT_MASK) + (second >>> 32) + target;
    sum += second & Wire.INT_MASK;
    for (int at = Wire.IPV4_BYTES; at < header; at += 4) {
      sum += memory.get(Wire.INT, ip + at) & Wire.INT_MASK;
    }
    if (InternetChecksum.fold(sum) != 0xffff) {
      return false;
    }
    ipv4 = true;
    sourceHigh = 0;
    sourceLow = MAPPED | (second & Wire.INT_MASK);
    targetHigh = 0;
    targetLow = MAPPED | target;
    return udp(memory, ip + header, total - header);
  }

  private boolean ipv6(MemorySegment memory, long ip, long end) {
    if (end - ip < Wire.IPV6_BYTES + Wire.UDP_BYTES) {
      return false;
    }
    long first = memory.get(Wire.LONG, ip);
    int total = (int) (first >>> 16) & 0xffff;
    if (first >>> 60 != 6
        || ((int) (first >>> 8) & 0xff) != Wire.UDP
        || total > end - ip - Wire.IPV6_BYTES) {
      return false;
    }
    ipv4 = false;
    sourceHigh = memory.get(Wire.LONG, ip + 8);
    sourceLow = memory.get(Wire.LONG, ip + 16);
    targetHigh = memory.get(Wire.LONG, ip + 24);
    targetLow = memory.get(Wire.LONG, ip + 32);
    // On the wire a mapped address is a forgery of an IPv4 one.
    boolean mapped = sourceHigh == 0 && sourceLow >>> 32 == 0xffff;
    return !mapped && udp(memory, ip + Wire.IPV6_BYTES, total);
  }

  /// @param room bytes that IP says there are from `udp` on
  private boolean udp(MemorySegment memory, long udp, int room) {
    long header = memory.get(Wire.LONG, udp);
    int length = (int) (header >>> 16) & 0xffff;
    int checksum = (int) header & 0xffff;
    if (length < Wire.UDP_BYTES || length > room || (checksum == 0 && !ipv4)) {
      return false;
    }
    if (verify && checksum != 0 && !checksumIsRight(memory, udp, length)) {
      return false;
    }
    sourcePort = (int) (header >>> 48);
    targetPort = (int) (header >>> 32) & 0xffff;
    payloadOffset = udp + Wire.UDP_BYTES;
    payloadBytes = length - Wire.UDP_BYTES;
    return true;
  }

  private boolean checksumIsRight(MemorySegment memory, long udp, int length) {
    long sum =
        InternetChecksum.of(memory, udp, length)
            + InternetChecksum.ofAddress(ipv4, sourceHigh, sourceLow)
            + InternetChecksum.ofAddress(ipv4, targetHigh, targetLow)
            + length
            + Wire.UDP;
    return InternetChecksum.fold(sum) == 0xffff;
  }

  /// Where the payload begins.
  public long payloadOffset() {
    return payloadOffset;
  }

  public int payloadBytes() {
    return payloadBytes;
  }

  /// The sender's address in the form of [org.vexor.packet.Endpoint].
  public long sourceHigh() {
    return sourceHigh;
  }

  public long sourceLow() {
    return sourceLow;
  }

  public int sourcePort() {
    return sourcePort;
  }

  /// The address it was sent to, in the form of [org.vexor.packet.Endpoint].
  public long targetHigh() {
    return targetHigh;
  }

  public long targetLow() {
    return targetLow;
  }

  public int targetPort() {
    return targetPort;
  }
}
