package org.vexor.gossip.crds;

/// The first reason why a value is refused although its bytes could be read.
final class Fault {
  private GossipRefusal reason = GossipRefusal.NONE;

  void clear() {
    reason = GossipRefusal.NONE;
  }

  void set(GossipRefusal newReason) {
    if (reason == GossipRefusal.NONE) {
      reason = newReason;
    }
  }

  GossipRefusal reason() {
    return reason;
  }
}
