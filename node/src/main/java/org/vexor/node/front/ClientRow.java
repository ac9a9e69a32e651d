package org.vexor.node.front;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.vexor.node.landing.Landing;
import org.vexor.node.status.ComponentStatus;
import org.vexor.tpu.history.HistoryCounts;
import org.vexor.tpu.history.HistoryListener.Step;
import org.vexor.tpu.leader.LeaderPlan;

/// The client's row in the table of components: whether it knows whom to send to, and what became
/// of what was sent.
///
/// @param landing the client
/// @param source tells what is wrong
record ClientRow(Landing landing, FrontSource source) {
  ComponentStatus status() {
    LeaderPlan plan = landing.plan();
    Optional<String> trouble = source.trouble();
    boolean isAble = !plan.targets().isEmpty();
    HistoryCounts counts = landing.history().counts();
    var figures = new LinkedHashMap<String, Number>();
    figures.put("transactions_accepted", counts.of(Step.ACCEPTED));
    figures.put("transactions_seen", counts.of(Step.SEEN));
    figures.put("transactions_expired", counts.of(Step.EXPIRED));
    figures.put("transactions_open_now", counts.open());
    ComponentStatus.State able =
        trouble.isPresent() ? ComponentStatus.State.DEGRADED : ComponentStatus.State.READY;
    return new ComponentStatus(
        "TPU client",
        isAble ? able : ComponentStatus.State.OFF,
        trouble.orElseGet(() -> where(plan)),
        "%d transactions, %d in blocks, %d open"
            .formatted(counts.of(Step.ACCEPTED), counts.of(Step.SEEN), counts.open()),
        trouble.isPresent() ? "see to it that the node of --rpc answers" : "",
        figures);
  }

  private static String where(LeaderPlan plan) {
    return plan.estimate()
        .map(
            estimate ->
                "slot %d by %s, %d leaders next"
                    .formatted(estimate.slot(), estimate.basis(), plan.targets().size()))
        .orElse("");
  }
}
