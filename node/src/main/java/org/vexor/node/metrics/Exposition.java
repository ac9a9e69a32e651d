package org.vexor.node.metrics;

import java.util.Map;

/// Text in the form that Prometheus reads (exposition format 0.0.4): for each metric a line of
/// help, its type, and a sample for each set of labels. Not for several threads.
final class Exposition {
  private final StringBuilder text = new StringBuilder();

  /// Begins a metric that only grows; its name ends in `_total`.
  Exposition counter(String name, String help) {
    return begin(name, help, "counter");
  }

  /// Begins a metric that goes up and down.
  Exposition gauge(String name, String help) {
    return begin(name, help, "gauge");
  }

  private Exposition begin(String name, String help, String type) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /// A sample of a metric that was begun.
  Exposition sample(String name, long value, Map<String, String> labels) {
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
