package org.vexor.node.tpu;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.vexor.tpu.send.Ending;
import org.vexor.tpu.send.LossReason;
import org.vexor.tpu.send.SenderCounters;
import org.vexor.tpu.send.Submission;

/// What came of a load: for people, and as JSON.
///
/// @param transactionBytes of each
/// @param targets that each went to
/// @param seconds from the first to the last submission
public record LoadReport(
    SenderCounters counters, SendMeter meter, int transactionBytes, int targets, double seconds) {
  private static final double NS_PER_MS = 1e6;
  private static final double NS_PER_US = 1e3;

  private long made() {
    long made = 0;
    for (Submission submission : Submission.values()) {
      made += counters.submissions(submission);
    }
    return made;
  }

  private long lost() {
    long lost = 0;
    for (LossReason reason : LossReason.values()) {
      lost += counters.losses(reason);
    }
    return lost;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// Writes lines for people.
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "transactions  %d of %d bytes in %.2f s, %.0f a second%n",
        made(),
        transactionBytes,
        seconds,
        made() / seconds);
    for (Submission submission : Submission.values()) {
      long count = counters.submissions(submission);
      if (count > 0) {
        out.printf("  %-15s %d%n", word(submission), count);
      }
    }
    for (Ending ending : Ending.values()) {
      long count = counters.endings(ending);
      if (count > 0) {
        out.printf("  %-15s %d%n", word(ending), count);
      }
    }
    out.printf(
        "attempts      %d to %d target%s = %d acknowledged + %d lost%n",
        counters.queued(), targets, targets == 1 ? "" : "s", counters.acknowledged(), lost());
    for (LossReason reason : LossReason.values()) {
      long count = counters.losses(reason);
      if (count > 0) {
        out.printf("  %-15s %d%n", word(reason), count);
      }
    }
    print(out, "waited", meter.waited());
    print(out, "acknowledged", meter.acknowledged());
  }

  private static void print(PrintWriter out, String name, Histogram histogram) {
    if (histogram.getTotalCount() > 0) {
      out.printf(
          Locale.ROOT,
          "%-13s p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, most %.3f ms%n",
          name,
          histogram.getValueAtPercentile(50) / NS_PER_MS,
          histogram.getValueAtPercentile(99) / NS_PER_MS,
          histogram.getValueAtPercentile(99.9) / NS_PER_MS,
          histogram.getMaxValue() / NS_PER_MS);
    }
  }

  /// All of it as one object.
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("event", "final");
    json.put("transactions", made());
    json.put("bytes_each", transactionBytes);
    json.put("targets", targets);
    json.put("seconds", seconds);
    ObjectNode submissions = json.putObject("submissions");
    for (Submission each : Submission.values()) {
      submissions.put(word(each), counters.submissions(each));
    }
    ObjectNode endings = json.putObject("endings");
    for (Ending each : Ending.values()) {
      endings.put(word(each), counters.endings(each));
    }
    json.put("attempts", counters.queued());
    json.put("acknowledged", counters.acknowledged());
    ObjectNode losses = json.putObject("losses");
    for (LossReason each : LossReason.values()) {
      losses.put(word(each), counters.losses(each));
    }
    json.set("waited_us", json(meter.waited()));
    json.set("acknowledged_us", json(meter.acknowledged()));
    return json;
  }

  private static ObjectNode json(Histogram histogram) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("count", histogram.getTotalCount());
    json.put("p50", histogram.getValueAtPercentile(50) / NS_PER_US);
    json.put("p90", histogram.getValueAtPercentile(90) / NS_PER_US);
    json.put("p99", histogram.getValueAtPercentile(99) / NS_PER_US);
    json.put("p999", histogram.getValueAtPercentile(99.9) / NS_PER_US);
    json.put("max", histogram.getMaxValue() / NS_PER_US);
    return json;
  }
}
