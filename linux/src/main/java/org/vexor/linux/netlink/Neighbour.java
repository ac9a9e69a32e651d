package org.vexor.linux.netlink;

import java.util.Optional;

/// An entry of the neighbour table (RTM_NEWNEIGH).
///
/// @param mac in the low 48 bits, first byte highest; -1 when unknown
/// @param state NUD_ bits
public record Neighbour(int interfaceIndex, long high, long low, long mac, int state) {
  /// REACHABLE, STALE, DELAY, PROBE, NOARP, PERMANENT: the address may be used.
  private static final int USABLE = 0x02 | 0x04 | 0x08 | 0x10 | 0x40 | 0x80;

  private static final int NDA_DST = 1;
  private static final int NDA_LLADDR = 2;
  private static final int HEADER_BYTES = 12;

  /// Whether frames may be sent to that MAC address.
  public boolean isUsable() {
    return (state & USABLE) != 0 && mac != -1;
  }

  /// Reads ndmsg (family 0, index 4:4, state 8:2, flags 10, type 11); empty when it is none.
  static Optional<Neighbour> parse(Bytes body) {
    if (body.length() < HEADER_BYTES) {
      return Optional.empty();
    }
    Bytes attributes = body.after(HEADER_BYTES);
    long mac = attributes.attribute(NDA_LLADDR).map(Bytes::mac).orElse(-1L);
    return attributes
        .attribute(NDA_DST)
        .filter(Bytes::isAddress)
        .map(b -> new Neighbour(body.s32(4), b.addressHigh(), b.addressLow(), mac, body.u16(8)));
  }
}
