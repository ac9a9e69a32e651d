package org.vexor.gossip.table;

/// What became of a value that was offered to the table.
public enum InsertOutcome {
  /// The first of its label.
  INSERTED,
  /// Took the place of an older one.
  REPLACED,
  /// The very same is there.
  DUPLICATE,
  /// A newer one of its label is there.
  OUTDATED,
  /// Another process runs with our identity, and started after us.
  DUPLICATE_INSTANCE,
  /// Says it is ours, and is not what we say.
  OWN_LABEL,
  /// A contact info whose gossip address did not answer a ping; never reaches the table.
  UNREACHABLE,
  /// Of a kind that the network dropped.
  KIND_REMOVED,
  /// Of a kind for which its owner has too little stake.
  OWNER_UNSTAKED,
  /// Of another cluster, or of an owner whose cluster is not known.
  SHRED_VERSION,
  /// Its wall clock is too far from ours.
  WALLCLOCK,
  /// Older than values of its owner are kept.
  EXPIRED,
  /// Has an IPv6 address, which validators of today refuse.
  IPV6;

  /// Whether it is in the table now and was not before.
  public boolean isTaken() {
    return this == INSERTED || this == REPLACED;
  }
}
