package org.vexor.gossip.verify;

import org.vexor.solana.crypto.SignatureVerifier;

/// Checks what waits in a [VerifyQueue]. One thread, which may be the node's.
public final class VerifierAgent {
  private static final int BATCH = 64;

  private final VerifyQueue queue;
  private final VerifyBatch batch;
  private final Runnable wakeup;

  /// @param wakeup called after a batch, so that a sleeping node takes it
  public VerifierAgent(
      VerifyQueue queue, SignatureVerifier verifier, VerifiedValues known, Runnable wakeup) {
    this.queue = queue;
    this.batch = new VerifyBatch(verifier, known);
    this.wakeup = wakeup;
  }

  /// Checks a bounded number of messages together, as far as there is room for what comes of them.
  ///
  /// @return how many
  public int doWork() {
    int limit = Math.min(BATCH, queue.room());
    while (batch.size() < limit) {
      Unverified next = queue.next();
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    int checked = batch.size();
    if (checked > 0) {
      batch.finish(queue::finish);
      wakeup.run();
    }
    return checked;
  }
}
