package org.vexor.node.landing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.vexor.solana.Signature;
import org.vexor.tpu.history.Attempt;
import org.vexor.tpu.history.LeaderStatistics;
import org.vexor.tpu.history.Stage;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.tpu.history.TransactionStory;

/// What became of transactions, for people and programs to read.
public final class LandingReport {
  private static final double NS_PER_MS = 1e6;

  private final TransactionHistory history;
  private final List<Signature> signatures;
  private final Predicate<Signature> isDouble;

  /// No doubles.
  ///
  /// @param signatures in the order in which they are to be told
  public LandingReport(TransactionHistory history, List<Signature> signatures) {
    this(history, signatures, _ -> false);
  }

  /// Tells of doubles as such: of those that were in a block before, and of each that is here
  /// again.
  ///
  /// @param signatures in the order in which they are to be told
  /// @param wasBefore whether one was in a block before it was submitted
  public LandingReport(
      TransactionHistory history, List<Signature> signatures, Predicate<Signature> wasBefore) {
    this.history = history;
    this.signatures = List.copyOf(signatures);
    isDouble = wasBefore;
  }

  /// Whether every one is in a block, and none failed there.
  public boolean isGood() {
    return signatures.stream()
        .allMatch(
            signature ->
                history
                    .find(signature)
                    .flatMap(TransactionStory::seen)
                    .filter(seen -> seen.error().isEmpty())
                    .isPresent());
  }

  /// A JSON line for each transaction.
  public void json(PrintWriter out) {
    Set<Signature> told = new HashSet<>();
    for (Signature signature : signatures) {
      boolean again = !told.add(signature) || isDouble.test(signature);
      history.find(signature).ifPresent(story -> out.println(json(story, again)));
    }
    out.flush();
  }

  private static ObjectNode json(TransactionStory story, boolean isDouble) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("signature", story.signature().toString())
            .put("stage", story.stage().name().toLowerCase(Locale.ROOT));
    story
        .seen()
        .ifPresent(
            seen -> {
              json.put("slot", seen.slot())
                  .put("via", seen.via().name().toLowerCase(Locale.ROOT))
                  .put("ms", (seen.atNs() - story.acceptedNs()) / NS_PER_MS);
              seen.error().ifPresent(error -> json.put("error", error));
            });
    if (isDouble) {
      json.put("double", true);
    }
    if (!story.reason().isEmpty()) {
      json.put("reason", story.reason());
    }
    var attempts = json.putArray("attempts");
    for (Attempt attempt : story.attempts()) {
      ObjectNode one =
          attempts
              .addObject()
              .put("leader", attempt.target().identity().toString())
              .put("slot", attempt.slot());
      attempt
          .acknowledgedNs()
          .ifPresent(ns -> one.put("acknowledged_ms", (ns - attempt.queuedNs()) / NS_PER_MS));
      attempt.lost().ifPresent(why -> one.put("lost", why));
    }
    return json;
  }

  /// A few lines: how many came how far, in which slots, and how the leaders served.
  public void text(PrintWriter out) {
    Map<Stage, Integer> stages = new EnumMap<>(Stage.class);
    long first = Long.MAX_VALUE;
    long last = 0;
    int failed = 0;
    int doubles = 0;
    Set<Signature> told = new HashSet<>();
    for (Signature signature : signatures) {
      boolean again = !told.add(signature);
      if (again || isDouble.test(signature)) {
        doubles++;
      }
      if (again) {
        continue;
      }
      var story = history.find(signature);
      story.ifPresent(found -> stages.merge(found.stage(), 1, Integer::sum));
      var seen = story.flatMap(TransactionStory::seen);
      if (seen.isPresent()) {
        first = Math.min(first, seen.get().slot());
        last = Math.max(last, seen.get().slot());
        failed += seen.get().error().isPresent() ? 1 : 0;
      }
    }
    int landed = stages.getOrDefault(Stage.SEEN, 0);
    out.printf(
        Locale.ROOT,
        "%d transactions: %d landed%s%s%n",
        signatures.size(),
        landed,
        landed == 0 ? "" : " in slots " + first + " to " + last,
        failed == 0 ? "" : ", " + failed + " of them failed there");
    if (doubles > 0) {
      out.println("  " + doubles + " doubles, not sent: in a block before, or given again");
    }
    stages.forEach(
        (stage, count) -> {
          if (stage != Stage.SEEN) {
            out.println("  " + count + " " + stage.name().toLowerCase(Locale.ROOT));
          }
        });
    for (LeaderStatistics leader : history.leaders()) {
      out.printf(
          Locale.ROOT,
          "  leader %s  %d sent, %d acknowledged (p50 %.0f ms, p99 %.0f ms), %d landed in its blocks"
              + " (p50 %.0f ms)%n",
          leader.leader(),
          leader.sent(),
          leader.acknowledged(),
          leader.acknowledgeP50Ns() / NS_PER_MS,
          leader.acknowledgeP99Ns() / NS_PER_MS,
          leader.landed(),
          leader.landP50Ns() / NS_PER_MS);
    }
    out.flush();
  }
}
