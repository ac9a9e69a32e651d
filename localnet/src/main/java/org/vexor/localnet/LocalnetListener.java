package org.vexor.localnet;

/// Hears how a localnet goes, slot by slot in their order, on the thread that runs it.
public interface LocalnetListener {
  /// Every node has learned by gossip where every other is; the first slot begins.
  ///
  /// @param tookNs since gossip started
  void discovered(long tookNs);

  /// A slot is complete on every node, or will no longer be waited for.
  void slot(SlotReport report);

  /// A slot passed while its leader was late.
  ///
  /// @param lateNs by how much, in nanoseconds after the slot's start
  void skipped(long slot, int leader, long lateNs);
}
