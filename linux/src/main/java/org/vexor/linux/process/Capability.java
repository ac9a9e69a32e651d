package org.vexor.linux.process;

/// The capabilities that packet I/O asks for (include/uapi/linux/capability.h); bit = number.
public enum Capability {
  CAP_NET_ADMIN(12),
  CAP_NET_RAW(13),
  CAP_IPC_LOCK(14),
  CAP_SYS_ADMIN(21),
  CAP_SYS_NICE(23),
  CAP_SYS_RESOURCE(24),
  CAP_PERFMON(38),
  CAP_BPF(39);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  /// Whether a mask of /proc/self/status has this capability.
  public boolean in(long mask) {
    return (mask >>> bit & 1) != 0;
  }
}
