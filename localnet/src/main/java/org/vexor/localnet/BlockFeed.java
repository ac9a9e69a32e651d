package org.vexor.localnet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vexor.localnet.chain.SeenBlock;

/// Passes on which node has which block. Any thread; the listeners are called by the thread that
/// brings the block.
final class BlockFeed {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /// Hears of blocks.
  @FunctionalInterface
  interface Listener {
    void seen(int node, SeenBlock block);
  }

  void add(Listener listener) {
    listeners.add(listener);
  }

  void seen(int node, SeenBlock block) {
    listeners.forEach(listener -> listener.seen(node, block));
  }
}
