package org.vexor.quic.cache;

/// What happens to the entries of a cache. Counted by [ConnectionCache#count] and told to its
/// observer.
public enum CacheEvent {
  /// Asked for, and open.
  HIT,

  /// Asked for, and not open.
  MISS,
  CONNECT_STARTED,
  CONNECTED,
  CONNECT_FAILED,

  /// An open connection ended, and not by this side.
  LOST,

  /// An open connection gave way to one by a better route.
  REPLACED,

  /// Closed as the least recently used of too many.
  EVICTED,

  /// Closed as nobody asked for it any more.
  UNUSED,
  KEPT_ALIVE
}
