package org.vexor.packet.xdp.header;

/// What the headers of all datagrams to one destination have in common, made ready for
/// [HeaderWriter]. Set anew for another destination; owner thread only.
public final class FrameHeader {
  boolean ipv4;
  long targetHigh;
  long targetLow;
  long sourceHigh;
  long sourceLow;

  /// The Ethernet header's first eight bytes, and its last six with two of IPv4 behind.
  long first;

  long second;
  long targetSum;
  long sourceSum;

  /// Points it at a destination; addresses in the form of [org.vexor.packet.Endpoint], of one
  /// family, MACs in the low 48 bits.
  ///
  /// @param newSourceHigh source of those ports that are bound to no address, upper half
  public void set(
      long toMac,
      long fromMac,
      long newTargetHigh,
      long newTargetLow,
      long newSourceHigh,
      long newSourceLow) {
    ipv4 = newTargetHigh == 0 && newTargetLow >>> 32 == 0xffff;
    targetHigh = newTargetHigh;
    targetLow = newTargetLow;
    sourceHigh = newSourceHigh;
    sourceLow = newSourceLow;
    first = toMac << 16 | fromMac >>> 32;
    // Version 4, header of five words, no type of service; IPv6 overwrites these two bytes.
    second = fromMac << 32 | (ipv4 ? 0x0800_4500L : 0x86dd_6000L);
    targetSum = InternetChecksum.ofAddress(ipv4, targetHigh, targetLow);
    sourceSum = InternetChecksum.ofAddress(ipv4, sourceHigh, sourceLow);
  }

  public boolean isIpv4() {
    return ipv4;
  }
}
