package org.vexor.gossip.crds;

import java.util.Optional;

/// The kinds of values, each with its tag on the wire.
public enum CrdsKind {
  LEGACY_CONTACT_INFO(0, State.REMOVED),
  VOTE(1, State.LIVE),
  LOWEST_SLOT(2, State.LIVE),
  LEGACY_SNAPSHOT_HASHES(3, State.REMOVED),
  ACCOUNTS_HASHES(4, State.REMOVED),
  EPOCH_SLOTS(5, State.LIVE),
  LEGACY_VERSION(6, State.REMOVED),
  VERSION(7, State.REMOVED),
  NODE_INSTANCE(8, State.REMOVED),
  DUPLICATE_SHRED(9, State.LIVE),
  SNAPSHOT_HASHES(10, State.LIVE),
  CONTACT_INFO(11, State.LIVE),
  RESTART_LAST_VOTED_FORK_SLOTS(12, State.DEPRECATED),
  RESTART_HEAVIEST_FORK(13, State.DEPRECATED);

  private static final CrdsKind[] BY_TAG = values();

  private final int tag;
  private final State state;

  CrdsKind(int tag, State state) {
    this.tag = tag;
    this.state = state;
  }

  /// The u32 in front of the value.
  public int tag() {
    return tag;
  }

  /// Whether peers of today can read it. A value of a removed kind makes them throw away the whole
  /// datagram, so it may never be sent on.
  public boolean isRelayed() {
    return state != State.REMOVED;
  }

  /// Whether only owners with stake may have it, once the cluster has enough of them: the kinds
  /// that a million idle identities could fill tables with.
  public boolean needsStake() {
    return switch (this) {
      case VOTE,
          LOWEST_SLOT,
          EPOCH_SLOTS,
          DUPLICATE_SHRED,
          RESTART_LAST_VOTED_FORK_SLOTS,
          RESTART_HEAVIEST_FORK ->
          true;
      case LEGACY_CONTACT_INFO,
          LEGACY_SNAPSHOT_HASHES,
          ACCOUNTS_HASHES,
          LEGACY_VERSION,
          VERSION,
          NODE_INSTANCE,
          SNAPSHOT_HASHES,
          CONTACT_INFO ->
          false;
    };
  }

  /// The kind of a tag.
  public static Optional<CrdsKind> ofTag(int tag) {
    return tag >= 0 && tag < BY_TAG.length ? Optional.of(BY_TAG[tag]) : Optional.empty();
  }

  private enum State {
    LIVE,
    DEPRECATED,
    REMOVED
  }
}
