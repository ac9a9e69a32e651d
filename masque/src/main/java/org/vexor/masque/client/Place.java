package org.vexor.masque.client;

import java.util.Optional;

/// Where a tunnel is, in the books of the [LinkKeeper]. Control loop only.
final class Place {
  final ManagedTunnel tunnel;

  /// The link that carries it, or that it is being opened on.
  Optional<HeldLink> link = Optional.empty();

  /// Whether an answer of the proxy is due.
  boolean opening;

  /// Refusals and losses since it was last open for a while.
  int failures;

  /// When it was opened last, as `System.nanoTime`.
  long openedNs;

  Place(ManagedTunnel tunnel) {
    this.tunnel = tunnel;
  }

  void moveTo(HeldLink next) {
    leave();
    link = Optional.of(next);
    next.tunnels++;
  }

  void leave() {
    link.ifPresent(
        held -> {
          held.tunnels--;
          // A stream came free.
          held.full = false;
        });
    link = Optional.empty();
  }
}
