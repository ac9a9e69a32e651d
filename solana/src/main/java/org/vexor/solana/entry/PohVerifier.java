package org.vexor.solana.entry;

import org.vexor.solana.Hash;

/// Checks that each entry's hash follows from the one before.
///
/// After each verdict the chain stands at the hash the entry claims, so one wrong entry does not
/// spoil the verdicts of those behind it. Allocates nothing. One thread at a time.
public final class PohVerifier {
  private final Poh poh = new Poh(Hash.ZERO);
  private final SignatureMixin mixin = new SignatureMixin();
  private final byte[] root = new byte[Hash.LENGTH];
  private final long maximumHashes;
  private boolean started;
  private long hashes;

  /// A verifier without a start.
  ///
  /// @param maximumHashes most hashes an entry may claim, so that a forged one costs a bounded
  ///   time; the hashes of a tick (62,500 on testnet) on a cluster that has them fixed
  public PohVerifier(long maximumHashes) {
    if (maximumHashes < 1) {
      throw new IllegalArgumentException(
          "an entry needs at least one hash, maximumHashes is " + maximumHashes);
    }
    this.maximumHashes = maximumHashes;
  }

  /// Starts from a known hash: the last entry of the parent block.
  public void start(Hash previous) {
    start(previous.bytes(), 0);
  }

  /// Starts from the known hash at `offset` (32 bytes).
  public void start(byte[] bytes, int offset) {
    poh.reset(bytes, offset);
    started = true;
  }

  /// Forgets the start: the next entry gets [PohVerdict#UNKNOWN_START].
  public void startUnknown() {
    started = false;
  }

  /// Checks the entry the reader just stepped to, walking its transactions. When one of them is
  /// broken the verdict is [PohVerdict#INVALID] and the reader's refusal says so.
  public PohVerdict verify(EntryBatchReader entry) {
    int hashOffset = entry.hashOffset();
    long numHashes = entry.numHashes();
    mixin.clear();
    while (entry.nextTransaction()) {
      mixin.add(entry.transaction());
    }
    if (entry.refusal() != EntryRefusal.NONE) {
      return PohVerdict.INVALID;
    }
    if (!started) {
      start(entry.bytes(), hashOffset);
      return PohVerdict.UNKNOWN_START;
    }
    if (Long.compareUnsigned(numHashes, maximumHashes) > 0) {
      start(entry.bytes(), hashOffset);
      return PohVerdict.INVALID;
    }
    hashes += numHashes;
    if (entry.transactionCount() == 0) {
      poh.tick(numHashes);
    } else {
      mixin.root(root, 0);
      poh.record(numHashes, root, 0);
    }
    boolean follows = poh.isAt(entry.bytes(), hashOffset);
    start(entry.bytes(), hashOffset);
    return follows ? PohVerdict.VALID : PohVerdict.INVALID;
  }

  /// Hashes computed so far.
  public long hashesVerified() {
    return hashes;
  }
}
