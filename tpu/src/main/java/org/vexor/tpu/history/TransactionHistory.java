package org.vexor.tpu.history;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.tpu.history.HistoryListener.Step;
import org.vexor.tpu.send.Ending;
import org.vexor.tpu.send.LossReason;
import org.vexor.tpu.send.SendListener;
import org.vexor.tpu.send.TpuTarget;

/// Remembers what became of transactions. Give it to the sender as its listener, tell it what was
/// accepted or refused before the sender begins, and what blocks hold. Any thread; short locks,
/// each over a part of the stories.
public final class TransactionHistory implements SendListener {
  /// Eight minutes at the rate of 128 transactions a second, some 40 MB.
  public static final int DEFAULT_STORIES = 1 << 16;

  /// As many leaders as a sender keeps connections to.
  private static final int MOST_LEADERS = 1_024;

  private static final int SHELVES = 16;

  private final Shelf[] shelves = new Shelf[SHELVES];
  private final LeaderTable leaders = new LeaderTable(MOST_LEADERS);
  private final LongAdder[] counts = new LongAdder[Step.values().length];
  private final LongSupplier clockNs;
  private final LongSupplier slotNow;
  private final LongFunction<Optional<Pubkey>> leaderOfSlot;
  private final HistoryListener listener;

  /// @param stories how many to remember, at least one for each shelf
  /// @param clockNs monotonic nanoseconds
  /// @param slotNow which slot it is; negative where that is not known
  /// @param leaderOfSlot to credit a leader with what its blocks hold
  public TransactionHistory(
      int stories,
      LongSupplier clockNs,
      LongSupplier slotNow,
      LongFunction<Optional<Pubkey>> leaderOfSlot,
      HistoryListener listener) {
    if (stories < SHELVES) {
      throw new IllegalArgumentException(
          "stories must be at least " + SHELVES + ", got " + stories);
    }
    for (int i = 0; i < SHELVES; i++) {
      shelves[i] = new Shelf(stories / SHELVES);
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
    this.clockNs = clockNs;
    this.slotNow = slotNow;
    this.leaderOfSlot = leaderOfSlot;
    this.listener = listener;
  }

  /// A transaction is about to be given to the sender.
  ///
  /// @return false when it has a story already, which goes on
  public boolean accepted(Signature signature) {
    return begin(signature, Stage.ACCEPTED, Step.ACCEPTED, "");
  }

  /// A transaction was not taken.
  ///
  /// @return false when it has a story already, which goes on
  public boolean refused(Signature signature, String why) {
    return begin(signature, Stage.REFUSED, Step.REFUSED, why);
  }

  private boolean begin(Signature signature, Stage stage, Step step, String why) {
    StoryDraft story = new StoryDraft(signature, stage, why, clockNs.getAsLong());
    boolean isNew = shelf(signature).begin(signature, story);
    if (isNew) {
      tell(signature, step, why);
    }
    return isNew;
  }

  /// The sender did not take what was accepted.
  public void rejected(Signature signature, String why) {
    end(signature, Stage.REFUSED, Step.REFUSED, why);
  }

  /// A block holds it.
  ///
  /// @return true when it has a story here and was not seen before
  public boolean seen(Signature signature, Sighting sighting) {
    Optional<Boolean> isFirst =
        shelf(signature)
            .with(
                signature,
                story -> {
                  boolean first = story.seen(sighting);
                  if (first) {
                    credit(story, sighting);
                  }
                  return first;
                });
    if (!isFirst.orElse(false)) {
      return false;
    }
    tell(signature, Step.SEEN, "slot " + sighting.slot() + sighting.error().orElse(""));
    return true;
  }

  private void credit(StoryDraft story, Sighting sighting) {
    leaderOfSlot
        .apply(sighting.slot())
        .filter(story::wasSentTo)
        .ifPresent(leader -> leaders.landed(leader, sighting.atNs() - story.acceptedNs()));
  }

  @Override
  public void queued(Signature signature, TpuTarget target) {
    long nowNs = clockNs.getAsLong();
    long slot = slotNow.getAsLong();
    step(signature, Step.QUEUED, target, story -> story.queued(target, slot, nowNs));
  }

  @Override
  public void sent(Signature signature, TpuTarget target, long waitedNs) {
    long nowNs = clockNs.getAsLong();
    leaders.sent(target.identity());
    step(signature, Step.SENT, target, story -> story.sent(target, nowNs));
  }

  @Override
  public void acknowledged(Signature signature, TpuTarget target, long tookNs) {
    long nowNs = clockNs.getAsLong();
    ToLongFunction<StoryDraft> acknowledge = story -> story.acknowledged(target, nowNs);
    shelf(signature)
        .with(signature, acknowledge::applyAsLong)
        .filter(ns -> ns >= 0)
        .ifPresent(ns -> leaders.acknowledged(target.identity(), ns));
    tell(signature, Step.ACKNOWLEDGED, target.toString());
  }

  @Override
  public void lost(Signature signature, TpuTarget target, LossReason reason, String detail) {
    String why = detail.isEmpty() ? reason.name() : reason + ": " + detail;
    shelf(signature)
        .with(
            signature,
            story -> {
              story.lost(target, why);
              return true;
            });
    tell(signature, Step.LOST, target + ": " + why);
  }

  @Override
  public void ended(Signature signature, Ending ending) {
    switch (ending) {
      case LANDED -> {} // told by whoever saw it
      case EXPIRED -> end(signature, Stage.EXPIRED, Step.EXPIRED, ending.name());
      case TIMED_OUT, DELIVERED, UNDELIVERED, CANCELLED, CLOSED ->
          end(signature, Stage.ENDED, Step.ENDED, ending.name());
    }
  }

  private void end(Signature signature, Stage stage, Step step, String why) {
    shelf(signature)
        .with(
            signature,
            story -> {
              story.end(stage, why);
              return true;
            });
    tell(signature, step, why);
  }

  private void step(Signature signature, Step step, TpuTarget target, Consumer<StoryDraft> to) {
    shelf(signature)
        .with(
            signature,
            story -> {
              to.accept(story);
              return true;
            });
    tell(signature, step, target.toString());
  }

  private void tell(Signature signature, Step step, String detail) {
    counts[step.ordinal()].increment();
    listener.step(signature, step, detail);
  }

  /// What is known of a transaction; empty when it never came here or is forgotten.
  public Optional<TransactionStory> find(Signature signature) {
    return shelf(signature).with(signature, StoryDraft::story);
  }

  /// How the leaders used last served us.
  public List<LeaderStatistics> leaders() {
    return leaders.all();
  }

  /// What was counted so far.
  public HistoryCounts counts() {
    Map<Step, Long> steps = new EnumMap<>(Step.class);
    for (Step step : Step.values()) {
      steps.put(step, counts[step.ordinal()].sum());
    }
    long open = 0;
    long kept = 0;
    long forgotten = 0;
    long forgottenOpen = 0;
    for (Shelf shelf : shelves) {
      open += shelf.open();
      kept += shelf.kept();
      forgotten += shelf.forgotten();
      forgottenOpen += shelf.forgottenOpen();
    }
    return new HistoryCounts(steps, open, kept, forgotten, forgottenOpen);
  }

  /// The first byte of a signature is as good as random.
  private Shelf shelf(Signature signature) {
    return shelves[signature.byteAt(0) & (SHELVES - 1)];
  }
}
