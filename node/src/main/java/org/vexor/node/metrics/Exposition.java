package org.vexor.node.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vexor.tpu.history.LatencyCounts;

/// Text in the form that Prometheus reads (exposition format 0.0.4): for each metric a line of
/// help, its type, and a sample for each set of labels. Not for several threads.
final class Exposition {
  private static final double NS_PER_SECOND = 1e9;

  private final StringBuilder text = new StringBuilder();

  /// Begins a metric that only grows; its name ends in `_total`.
  Exposition counter(String name, String help) {
    return begin(name, help, "counter");
  }

  /// Begins a metric that goes up and down.
  Exposition gauge(String name, String help) {
    return begin(name, help, "gauge");
  }

  /// Begins a metric of times; its samples are given by [#buckets].
  Exposition histogram(String name, String help) {
    return begin(name, help, "histogram");
  }

  private Exposition begin(String name, String help, String type) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /// A sample of a metric that was begun.
  Exposition sample(String name, long value, Map<String, String> labels) {
    return sample(name, Long.toString(value), labels);
  }

  /// The same with a part after the point.
  Exposition sample(String name, double value, Map<String, String> labels) {
    return sample(name, Double.toString(value), labels);
  }

  /// The samples of a histogram, in seconds.
  Exposition buckets(String name, LatencyCounts times, Map<String, String> labels) {
    for (int i = 0; i < LatencyCounts.BOUNDS_NS.size(); i++) {
      double bound = LatencyCounts.BOUNDS_NS.get(i) / NS_PER_SECOND;
      bucket(name, Double.toString(bound), times.upTo().get(i), labels);
    }
    bucket(name, "+Inf", times.count(), labels);
    sample(name + "_sum", times.sumNs() / NS_PER_SECOND, labels);
    return sample(name + "_count", times.count(), labels);
  }

  private void bucket(String name, String bound, long count, Map<String, String> labels) {
    var more = new LinkedHashMap<>(labels);
    more.put("le", bound);
    sample(name + "_bucket", count, more);
  }

  private Exposition sample(String name, String value, Map<String, String> labels) {
    text.append(name);
    if (!labels.isEmpty()) {
      String separator = "{";
      for (Map.Entry<String, String> label : labels.entrySet()) {
        text.append(separator).append(label.getKey()).append("=\"");
        escape(label.getValue());
        text.append('"');
        separator = ",";
      }
      text.append('}');
    }
    text.append(' ').append(value).append('\n');
    return this;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }

  /// All of it.
  String text() {
    return text.toString();
  }
}
