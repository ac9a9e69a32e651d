package org.vexor.gossip.table;

import org.vexor.gossip.crds.CrdsValue;

/// A value in the table. Owned by the table's thread.
public final class CrdsEntry {
  private final CrdsValue value;
  private final long hashPrefix;
  private final long ordinal;
  private long localMs;
  private int duplicates;
  int shardPosition;

  CrdsEntry(CrdsValue value, long ordinal, long localMs) {
    this.value = value;
    this.hashPrefix = value.hashPrefix();
    this.ordinal = ordinal;
    this.localMs = localMs;
  }

  public CrdsValue value() {
    return value;
  }

  /// [CrdsValue#hashPrefix].
  public long hashPrefix() {
    return hashPrefix;
  }

  /// Rises with every value that a table takes.
  public long ordinal() {
    return ordinal;
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
