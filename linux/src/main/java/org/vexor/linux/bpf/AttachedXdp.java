package org.vexor.linux.bpf;

import java.util.Optional;
import org.vexor.linux.netlink.Link;

/// The XDP program that an interface has, whoever attached it. Needs no privilege.
///
/// @param mode where it runs: [XdpMode#NATIVE] or [XdpMode#GENERIC]; programs in both places or in
///   the NIC itself are reported as native
/// @param programId the kernel's number of it
public record AttachedXdp(XdpMode mode, int programId) {
  private static final int XDP_ATTACHED_NONE = 0;
  private static final int XDP_ATTACHED_SKB = 2;

  /// Asks about an interface of the calling thread's network namespace.
  ///
  /// @throws org.vexor.linux.KernelException ENODEV when there is no such interface
  public static Optional<AttachedXdp> query(int interfaceIndex) {
    Link link = Link.of(interfaceIndex);
    return switch (link.xdpMode()) {
      case XDP_ATTACHED_NONE -> Optional.empty();
      case XDP_ATTACHED_SKB -> Optional.of(new AttachedXdp(XdpMode.GENERIC, link.xdpProgramId()));
      default -> Optional.of(new AttachedXdp(XdpMode.NATIVE, link.xdpProgramId()));
    };
  }
}
