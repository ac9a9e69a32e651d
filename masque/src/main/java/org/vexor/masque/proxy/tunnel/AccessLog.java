package org.vexor.masque.proxy.tunnel;

/// Takes a record of each request that is over. Called on event loops: it must not block, and drops
/// what it has no room for.
@FunctionalInterface
public interface AccessLog {
  /// Keeps nothing.
  AccessLog NONE = _ -> {};

  void ended(TunnelRecord record);
}
