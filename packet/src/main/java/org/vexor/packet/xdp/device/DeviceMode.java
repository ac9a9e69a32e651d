package org.vexor.packet.xdp.device;

import java.util.Locale;

/// How an interface is to be used, best first in cost for each packet.
public enum DeviceMode {
  /// What is known to be safe for the driver and kernel at hand: see [ModePolicy].
  AUTO,
  /// In the driver, and the NIC writes into our memory; only where the driver can.
  ZERO_COPY,
  /// In the driver, before the kernel makes a socket buffer; one copy.
  NATIVE,
  /// After the kernel made a socket buffer; on every device, one copy more.
  GENERIC;

  /// As configuration names it: `auto`, `zero-copy`, `native`, `generic`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
