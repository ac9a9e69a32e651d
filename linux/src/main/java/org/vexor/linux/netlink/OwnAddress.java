package org.vexor.linux.netlink;

import java.util.Optional;

/// An address of this host (RTM_NEWADDR); IPv4 mapped.
///
/// @param prefix in bits of its own family, 0..32 or 0..128
/// @param flags IFA_F_ bits
/// @param scope RT_SCOPE_: 0 everywhere, 253 this link only, 254 this host only
public record OwnAddress(
    long high, long low, int prefix, int interfaceIndex, int flags, int scope) {
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_FLAGS = 8;
  private static final int IFA_F_DADFAILED = 0x08;
  private static final int IFA_F_DEPRECATED = 0x20;
  private static final int IFA_F_TENTATIVE = 0x40;
  private static final int IFA_F_OPTIMISTIC = 0x04;
  private static final int HEADER_BYTES = 8;

  /// Whether packets may carry it as source now: duplicate detection done, not deprecated.
  public boolean isPreferred() {
    int unfit = IFA_F_DADFAILED | IFA_F_DEPRECATED | IFA_F_TENTATIVE | IFA_F_OPTIMISTIC;
    return (flags & unfit) == 0;
  }

  /// Reads ifaddrmsg (family 0, prefix 1, flags 2, scope 3, index 4:4); empty when it is none.
  static Optional<OwnAddress> parse(Bytes body) {
    if (body.length() < HEADER_BYTES) {
      return Optional.empty();
    }
    Bytes attributes = body.after(HEADER_BYTES);
    // On point-to-point links IFA_ADDRESS is the peer's.
    return attributes
        .attribute(IFA_LOCAL)
        .or(() -> attributes.attribute(IFA_ADDRESS))
        .filter(Bytes::isAddress)
        .map(
            b ->
                new OwnAddress(
                    b.addressHigh(),
                    b.addressLow(),
                    Math.min(body.u8(1), b.length() * 8),
                    body.s32(4),
                    attributes.s32Attribute(IFA_FLAGS, body.u8(2)),
                    body.u8(3)));
  }
}
