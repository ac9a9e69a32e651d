package org.vexor.linux.bpf;

/// Where an XDP program is run (include/uapi/linux/if_link.h).
public enum XdpMode {
  /// Native when the driver can, else generic; what was obtained is in [AttachedXdp].
  AUTOMATIC(0),
  /// After the kernel has made an sk_buff: XDP_FLAGS_SKB_MODE, on every device.
  GENERIC(2),
  /// In the driver: XDP_FLAGS_DRV_MODE.
  NATIVE(4);

  private final int flags;

  XdpMode(int flags) {
    this.flags = flags;
  }

  int flags() {
    return flags;
  }
}
