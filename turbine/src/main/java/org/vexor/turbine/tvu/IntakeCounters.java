package org.vexor.turbine.tvu;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.vexor.turbine.block.BlockAssembler;
import org.vexor.turbine.fec.ShredFate;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.verify.VerifyOutcome;

/// What became of every datagram that came in. Each stage counts its own; readable from any thread.
public final class IntakeCounters {
  private static final ShredRefusal[] REFUSALS = ShredRefusal.values();
  private static final VerifyOutcome[] OUTCOMES = VerifyOutcome.values();

  private static final ShedReason[] SHEDS = ShedReason.values();

  /// Written by the thread that receives: datagrams, refusals, what was shed.
  private final AtomicLongArray received = new AtomicLongArray(1 + REFUSALS.length + SHEDS.length);

  /// Written by the thread that verifies: outcomes, refusals of what the first stage let pass.
  private final AtomicLongArray verified = new AtomicLongArray(OUTCOMES.length + REFUSALS.length);

  private final BlockAssembler assembler;

  IntakeCounters(BlockAssembler assembler) {
    this.assembler = assembler;
  }

  void received() {
    increment(received, 0);
  }

  void refuse(ShredRefusal refusal) {
    increment(received, 1 + refusal.ordinal());
  }

  /// What passed the filter on its way in, and not when its turn came.
  void refuseQueued(ShredRefusal refusal) {
    increment(verified, OUTCOMES.length + refusal.ordinal());
  }

  void shed(ShedReason reason) {
    increment(received, 1 + REFUSALS.length + reason.ordinal());
  }

  void unverified(VerifyOutcome outcome) {
    increment(verified, outcome.ordinal());
  }

  private static void increment(AtomicLongArray counts, int counter) {
    counts.setRelease(counter, counts.getPlain(counter) + 1); // pairs with the acquire of readers
  }

  /// Datagrams that came in.
  public long datagrams() {
    return received.getAcquire(0);
  }

  /// Shreds kept: new, verified, and of a block that was wanted.
  public long kept() {
    return assembler.count(ShredFate.KEPT);
  }

  /// Shreds that were kept before.
  public long duplicates() {
    return assembler.count(ShredFate.DUPLICATE);
  }

  /// Datagrams refused as no shreds, or none of today.
  public long refused(ShredRefusal refusal) {
    return received.getAcquire(1 + refusal.ordinal())
        + verified.getAcquire(OUTCOMES.length + refusal.ordinal());
  }

  /// Shreds that found no way to the thread that verifies.
  public long shedCount(ShedReason reason) {
    return received.getAcquire(1 + REFUSALS.length + reason.ordinal());
  }

  /// Every reason for which a datagram was dropped, with its count, in the order of the checks;
  /// names in lower case. Duplicates, and shreds of slots that were complete already, are not among
  /// them.
  public Map<String, Long> drops() {
    var drops = new LinkedHashMap<String, Long>();
    for (ShredRefusal refusal : REFUSALS) {
      put(drops, refusal.name(), refused(refusal));
    }
    for (ShedReason reason : SHEDS) {
      put(drops, reason.name(), shedCount(reason));
    }
    for (VerifyOutcome outcome : OUTCOMES) {
      put(drops, outcome.name(), verified.getAcquire(outcome.ordinal()));
    }
    for (ShredFate fate : ShredFate.values()) {
      if (fate.isDropped() && fate != ShredFate.SLOT_FINISHED) {
        put(drops, fate.name(), assembler.count(fate));
      }
    }
    return drops;
  }

  /// Sound and verified shreds of slots that were complete without them.
  public long surplus() {
    return assembler.count(ShredFate.SLOT_FINISHED);
  }

  /// Datagrams less everything that became of them: 0 whenever the stages are idle, otherwise at
  /// most what is on its way between them.
  public long unaccounted() {
    long known = kept() + duplicates() + surplus();
    for (long count : drops().values()) {
      known += count;
    }
    return datagrams() - known;
  }

  private static void put(Map<String, Long> drops, String name, long count) {
    if (count > 0) {
      drops.merge(name.toLowerCase(Locale.ROOT), count, Long::sum);
    }
  }
}
