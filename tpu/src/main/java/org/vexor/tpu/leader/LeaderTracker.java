package org.vexor.tpu.leader;

import static org.vexor.solana.Epochs.LEADER_WINDOW_SLOTS;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;

/// Plans whom to send to, from the slot, the schedule and the contacts that are known right now.
/// Any thread.
public final class LeaderTracker {
  /// Windows looked through for leaders that can be reached.
  private static final int MOST_WINDOWS = 2 * FanOut.MOST_LEADERS;

  private final SlotClock clock;
  private final ScheduleBook schedules;
  private final LeaderContacts contacts;
  private final FanOut fanOut;

  public LeaderTracker(
      SlotClock clock, ScheduleBook schedules, LeaderContacts contacts, FanOut fanOut) {
    this.clock = clock;
    this.schedules = schedules;
    this.contacts = contacts;
    this.fanOut = fanOut;
  }

  /// Whom to send to at a moment of the clock's time.
  public LeaderPlan plan(long nowNs) {
    Optional<SlotEstimate> estimate = clock.estimate(nowNs);
    if (estimate.isEmpty()) {
      return new LeaderPlan(estimate, List.of(), List.of(), List.of(new Trouble.NoSlot()));
    }
    return plan(estimate.get());
  }

  private LeaderPlan plan(SlotEstimate estimate) {
    // Further ahead one looks only because the same few lead again and again.
    int wanted = fanOut.leaders() + fanOut.warmWindows();
    var draft = new Draft(estimate.latest() + (long) wanted * LEADER_WINDOW_SLOTS);
    if (estimate.basis() == SlotEstimate.Basis.COASTING) {
      draft.troubles.add(new Trouble.Coasting(estimate.ageNs()));
    }
    // Who may be leading now, the likely first: on from the estimate, then back from it.
    long latest = estimate.latest() + fanOut.overlapSlots();
    for (long slot = estimate.slot(); slot <= latest; slot++) {
      draft.target(slot);
    }
    for (long slot = estimate.slot() - 1; slot >= Math.max(0, estimate.earliest()); slot--) {
      draft.target(slot);
    }
    long next = Epochs.leaderWindowStart(latest) + LEADER_WINDOW_SLOTS;
    for (int i = 0; i < MOST_WINDOWS && draft.targets.size() < fanOut.leaders(); i++) {
      draft.target(next);
      next += LEADER_WINDOW_SLOTS;
    }
    for (int i = 0; i < fanOut.warmWindows(); i++) {
      draft.warm(next);
      next += LEADER_WINDOW_SLOTS;
    }
    return draft.plan(estimate);
  }

  private final class Draft {
    private final SequencedMap<Pubkey, PlannedLeader> targets = new LinkedHashMap<>();
    private final SequencedMap<Pubkey, PlannedLeader> warm = new LinkedHashMap<>();
    private final SequencedMap<Pubkey, Trouble> unreachable = new LinkedHashMap<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final long lastNeeded;
    private boolean lacksSchedule;

    /// @param lastNeeded slots beyond it may have no known leader
    Draft(long lastNeeded) {
      this.lastNeeded = lastNeeded;
    }

    void target(long slot) {
      if (targets.size() < FanOut.MOST_LEADERS) {
        add(targets, slot);
      }
    }

    void warm(long slot) {
      add(warm, slot);
    }

    private void add(SequencedMap<Pubkey, PlannedLeader> to, long slot) {
      Optional<Pubkey> leader = schedules.leader(slot);
      if (leader.isEmpty()) {
        if (!lacksSchedule && slot <= lastNeeded) {
          lacksSchedule = true;
          troubles.add(new Trouble.NoSchedule(slot));
        }
        return;
      }
      Pubkey identity = leader.get();
      if (targets.containsKey(identity) || warm.containsKey(identity)) {
        return;
      }
      contacts
          .contact(identity)
          .filter(LeaderContact::isReachable)
          .ifPresentOrElse(
              contact -> to.put(identity, new PlannedLeader(slot, contact)),
              () -> unreachable.putIfAbsent(identity, new Trouble.NoAddress(identity, slot)));
    }

    LeaderPlan plan(SlotEstimate estimate) {
      troubles.addAll(unreachable.values());
      return new LeaderPlan(
          Optional.of(estimate),
          List.copyOf(targets.values()),
          List.copyOf(warm.values()),
          troubles);
    }
  }
}
