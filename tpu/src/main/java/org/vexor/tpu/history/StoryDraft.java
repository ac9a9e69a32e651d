package org.vexor.tpu.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.tpu.send.TpuTarget;

/// A story as it grows. Guarded by its shelf's lock.
final class StoryDraft {
  /// Older ones are dropped: a transaction is sent again every few slots for a minute at most.
  private static final int MOST_ATTEMPTS = 16;

  private final Signature signature;
  private final long acceptedNs;
  private final List<Attempt> attempts = new ArrayList<>(2);
  private Stage stage;
  private String reason = "";
  private Optional<Sighting> seen = Optional.empty();

  StoryDraft(Signature signature, Stage stage, String reason, long nowNs) {
    this.signature = signature;
    this.stage = stage;
    this.reason = reason;
    acceptedNs = nowNs;
  }

  void queued(TpuTarget target, long slot, long nowNs) {
    if (attempts.size() == MOST_ATTEMPTS) {
      attempts.removeFirst();
    }
    attempts.add(Attempt.queued(target, slot, nowNs));
    moveTo(Stage.QUEUED);
  }

  void sent(TpuTarget target, long nowNs) {
    int index = open(target);
    if (index >= 0) {
      attempts.set(index, attempts.get(index).sent(nowNs));
    }
    moveTo(Stage.SENT);
  }

  /// How long it took since it was queued; negative when that attempt is not known any more.
  long acknowledged(TpuTarget target, long nowNs) {
    int index = open(target);
    moveTo(Stage.ACKNOWLEDGED);
    if (index < 0) {
      return -1;
    }
    Attempt attempt = attempts.get(index);
    attempts.set(index, attempt.acknowledged(nowNs));
    return nowNs - attempt.queuedNs();
  }

  void lost(TpuTarget target, String why) {
    int index = open(target);
    if (index >= 0) {
      attempts.set(index, attempts.get(index).lost(why));
    }
  }

  void end(Stage last, String why) {
    if (!stage.isOver()) {
      stage = last;
      reason = why;
    }
  }

  /// False when it was seen before; the first sighting stays, an error told later is added to it.
  boolean seen(Sighting sighting) {
    boolean isFirst = seen.isEmpty();
    if (isFirst) {
      seen = Optional.of(sighting);
      stage = Stage.SEEN;
    } else if (seen.get().error().isEmpty() && sighting.error().isPresent()) {
      Sighting known = seen.get();
      seen = Optional.of(new Sighting(known.slot(), known.via(), known.atNs(), sighting.error()));
    }
    return isFirst;
  }

  boolean wasSentTo(Pubkey leader) {
    return attempts.stream()
        .anyMatch(a -> a.sentNs().isPresent() && a.target().identity().equals(leader));
  }

  /// A later attempt that only waits does not undo what an earlier one reached.
  private void moveTo(Stage next) {
    if (!stage.isOver() && next.ordinal() > stage.ordinal()) {
      stage = next;
    }
  }

  private int open(TpuTarget target) {
    for (int i = attempts.size() - 1; i >= 0; i--) {
      if (attempts.get(i).target().equals(target) && attempts.get(i).isOpen()) {
        return i;
      }
    }
    return -1;
  }

  boolean isOver() {
    return stage.isOver();
  }

  long acceptedNs() {
    return acceptedNs;
  }

  TransactionStory story() {
    return new TransactionStory(signature, stage, acceptedNs, attempts, seen, reason);
  }
}
