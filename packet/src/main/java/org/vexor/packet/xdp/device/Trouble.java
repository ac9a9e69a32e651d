package org.vexor.packet.xdp.device;

import org.vexor.linux.KernelException;

/// Why a device does not carry frames.
///
/// @param kind what is to be done about it
/// @param outcome what is the matter
/// @param remedy what mends it; empty when nothing but waiting does
record Trouble(Kind kind, String outcome, String remedy) {
  enum Kind {
    NONE,
    /// The link has to come back; rings and program stay.
    PAUSED,
    /// The program is to be attached again; rings stay.
    DETACHED,
    /// Everything is to be made anew.
    LOST,
    /// As LOST, but only when the operator says so.
    ENDED
  }

  private static final Trouble NONE = new Trouble(Kind.NONE, "", "");

  static Trouble none() {
    return NONE;
  }

  /// What a state says.
  static Trouble now(DeviceState state) {
    return new Trouble(Kind.LOST, state.outcome(), state.remedy());
  }

  static Trouble refused(Kind kind, KernelException refusal) {
    return new Trouble(kind, refusal.failure(), refusal.remedy());
  }
}
