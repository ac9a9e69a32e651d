package org.vexor.gossip.table;

import org.vexor.gossip.crds.CrdsValue;

/// A value in the table. Owned by the table's thread.
public final class CrdsEntry {
  private final CrdsValue value;
  private final long hashPrefix;
  private long localMs;
  private int duplicates;
  int shardPosition;

  CrdsEntry(CrdsValue value, long localMs) {
    this.value = value;
    this.hashPrefix = value.hashPrefix();
    this.localMs = localMs;
  }

  public CrdsValue value() {
    return value;
  }

  /// [CrdsValue#hashPrefix].
  public long hashPrefix() {
    return hashPrefix;
  }

  /// When the owner was heard of last, by our clock.
  public long localMs() {
    return localMs;
  }

  /// Counts one more push of what is here already.
  ///
  /// @return how many there were, this one included
  public int countDuplicate() {
    return ++duplicates;
  }

  void touch(long nowMs) {
    localMs = Math.max(localMs, nowMs);
  }
}
