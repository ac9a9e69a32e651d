package org.vexor.linux.xdp;

/// Who copies packets between NIC and UMEM.
public enum BindMode {
  /// The kernel: XDP_COPY. Works on every device.
  COPY(2),
  /// Nobody: XDP_ZEROCOPY. EOPNOTSUPP when the driver cannot.
  ZERO_COPY(4),
  /// Zero-copy if the driver can, else copy; ask [XdpSocket#zeroCopy()] which it was. Some old i40e
  /// drivers then fail at the first send only.
  EITHER(0);

  private final int flags;

  BindMode(int flags) {
    this.flags = flags;
  }

  int flags() {
    return flags;
  }
}
