package org.vexor.quic.cache;

/// Is told of each change in a cache. Called with the cache's lock held: must not block.
@FunctionalInterface
public interface CacheObserver {
  /// Says nothing to nobody.
  CacheObserver NONE = (_, _, _) -> {};

  void on(CacheEvent event, Target target, String detail);
}
