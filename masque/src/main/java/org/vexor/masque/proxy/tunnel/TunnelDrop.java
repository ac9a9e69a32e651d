package org.vexor.masque.proxy.tunnel;

import java.util.Locale;

/// Why a proxy dropped a datagram that its stream or its socket had brought.
public enum TunnelDrop {
  /// Came before the target was known, and there was no more room to keep it.
  EARLY_FULL,
  /// Came for a target that was then refused, or was kept when the tunnel ended.
  EARLY_UNUSED,
  /// The client has used up what it may send and receive in a second.
  RATE,
  /// The target has never answered, and enough was sent to it.
  UNANSWERED;

  /// For metrics.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
