package org.vexor.gossip.table;

import org.jspecify.annotations.Nullable;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.solana.Pubkey;

/// Which values of others a table lets in. Numbers: agave gossip/src/{crds_gossip_pull,
/// cluster_info}.rs; docs/wire.md §11.
final class AcceptRules {
  private static final long PUSH_WINDOW_MS = 30_000;
  private static final long UNSTAKED_TIMEOUT_MS = 15_000;
  private static final long STAKED_TIMEOUT_MS = 48 * 3600 * 1000L;

  /// From so many staked nodes on, only they may fill tables.
  private static final int STAKED_NODES_FOR_FILTER = 500;

  private final TableOptions options;

  AcceptRules(TableOptions options) {
    this.options = options;
  }

  /// [InsertOutcome#INSERTED] when nothing speaks against it.
  ///
  /// @param contact of the owner, as far as known
  InsertOutcome judge(
      CrdsValue value, Route route, Stakes stakes, @Nullable ContactInfo contact, long nowMs) {
    Pubkey owner = value.data().owner();
    if (!value.data().kind().isRelayed()) {
      return InsertOutcome.KIND_REMOVED;
    }
    if (owner.equals(options.self())) {
      return own(value, contact);
    }
    if (value.data() instanceof ContactInfo info && info.hasIpv6()) {
      return InsertOutcome.IPV6;
    }
    if (!isOfOurCluster(value, contact)) {
      return InsertOutcome.SHRED_VERSION;
    }
    if (value.data().kind().needsStake()
        && stakes.stakedCount() >= STAKED_NODES_FOR_FILTER
        && stakes.lamports(owner) < Stakes.LAMPORTS_PER_SOL) {
      return InsertOutcome.OWNER_UNSTAKED;
    }
    long wallclockMs = value.data().wallclockMs();
    if (route != Route.PULL_RESPONSE) {
      return Math.abs(nowMs - wallclockMs) <= PUSH_WINDOW_MS
          ? InsertOutcome.INSERTED
          : InsertOutcome.WALLCLOCK;
    }
    boolean fresh = nowMs - wallclockMs <= timeoutMs(owner, stakes);
    return fresh || contact != null ? InsertOutcome.INSERTED : InsertOutcome.EXPIRED;
  }

  /// What others have of us from before we started is older than what we say; anything else is a
  /// second process.
  private static InsertOutcome own(CrdsValue value, @Nullable ContactInfo contact) {
    return value.data() instanceof ContactInfo info
            && contact != null
            && Long.compareUnsigned(info.outsetUs(), contact.outsetUs()) > 0
        ? InsertOutcome.DUPLICATE_INSTANCE
        : InsertOutcome.OWN_LABEL;
  }

  private boolean isOfOurCluster(CrdsValue value, @Nullable ContactInfo contact) {
    int version =
        value.data() instanceof ContactInfo info
            ? info.shredVersion()
            : contact == null ? 0 : contact.shredVersion();
    return version == options.shredVersion();
  }

  /// When a value counts as heard of. One that was pulled although it is too old counts from its
  /// own time, and so goes with the next purge unless its owner is heard of.
  long localMs(CrdsValue value, Route route, Stakes stakes, long nowMs) {
    long wallclockMs = value.data().wallclockMs();
    boolean old =
        route == Route.PULL_RESPONSE
            && nowMs - wallclockMs > timeoutMs(value.data().owner(), stakes);
    return old ? wallclockMs : nowMs;
  }

  /// How long values of an owner are kept after it was heard of last.
  long timeoutMs(Pubkey owner, Stakes stakes) {
    if (owner.equals(options.self())) {
      return Long.MAX_VALUE;
    }
    boolean longKept = stakes.isEmpty() || stakes.lamports(owner) > 0;
    return longKept ? STAKED_TIMEOUT_MS : UNSTAKED_TIMEOUT_MS;
  }
}
