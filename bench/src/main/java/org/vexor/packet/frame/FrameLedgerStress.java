package org.vexor.packet.frame;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Users release frames on other threads while the owner gives one back and reclaims: in the end
/// every frame is free, once.
public final class FrameLedgerStress {
  private FrameLedgerStress() {}

  /// Three frames: one held by its user and the owner, two by their user alone.
  abstract static class Ledger {
    private static final int FRAMES = 3;

    final FrameLedger ledger = new FrameLedger(FRAMES, 0);
    final int shared = ledger.take();
    final int lent = ledger.take();
    final int held = ledger.take();

    Ledger() {
      if (!ledger.retain(shared) || !ledger.retain(lent) || !ledger.retain(held)) {
        throw new IllegalStateException("a fresh ledger refuses to retain");
      }
      ledger.give(lent);
      ledger.give(held);
    }

    /// How many frames are free, and how many different ones that gives.
    final void count(II_Result result) {
      int _ = ledger.reclaim();
      result.r1 = ledger.available();
      int seen = 0;
      for (int i = 0; i < FRAMES; i++) {
        int frame = ledger.take();
        seen |= frame == FrameLedger.NONE ? 0 : 1 << frame;
      }
      result.r2 = Integer.bitCount(seen);
    }
  }

  /// One user against the owner.
  @JCStressTest
  @Outcome(id = "3, 3", expect = Expect.ACCEPTABLE, desc = "all free, each once")
  @State
  public static class OwnerAndUser extends Ledger {
    @Actor
    public void owner() {
      ledger.give(shared);
      int _ = ledger.reclaim();
    }

    @Actor
    public void user() {
      ledger.release(lent);
      ledger.release(shared);
      ledger.release(held);
    }

    @Arbiter
    public void end(II_Result result) {
      count(result);
    }
  }

  /// Two users against each other; the owner comes after them.
  @JCStressTest
  @Outcome(id = "3, 3", expect = Expect.ACCEPTABLE, desc = "all free, each once")
  @State
  public static class TwoUsers extends Ledger {
    @Actor
    public void first() {
      ledger.release(shared);
      ledger.release(lent);
    }

    @Actor
    public void second() {
      ledger.release(held);
    }

    @Arbiter
    public void end(II_Result result) {
      ledger.give(shared);
      count(result);
    }
  }
}
