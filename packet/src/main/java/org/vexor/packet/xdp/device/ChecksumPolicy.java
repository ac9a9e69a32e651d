package org.vexor.packet.xdp.device;

import java.util.Set;

/// Whether the UDP checksums of packets that a driver gives are to be verified.
///
/// Past the kernel nobody else does: XDP is not told what the NIC found. But a neighbour on the
/// same machine (veth, tap, virtio, other paravirtual NICs) hands over packets whose checksum
/// nobody has filled in yet (CHECKSUM_PARTIAL), which are good and look wrong. So they are verified
/// for drivers of hardware only, where every packet came over a wire.
public final class ChecksumPolicy {
  private static final Set<String> HARDWARE =
      Set.of(
          "atlantic",
          "bnx2x",
          "bnxt_en",
          "cxgb4",
          "e1000e",
          "ena",
          "gve",
          "i40e",
          "iavf",
          "ice",
          "idpf",
          "igb",
          "igc",
          "ionic",
          "ixgbe",
          "ixgbevf",
          "mlx4_en",
          "mlx5_core",
          "nfp",
          "qede",
          "r8169",
          "sfc",
          "stmmac",
          "tg3");

  private ChecksumPolicy() {}

  /// Whether to verify; not for a driver that is not known.
  public static boolean verifies(String driver) {
    return HARDWARE.contains(driver);
  }
}
