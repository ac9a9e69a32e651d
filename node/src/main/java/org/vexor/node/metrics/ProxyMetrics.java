package org.vexor.node.metrics;

import java.util.Map;
import java.util.function.Supplier;

/// The counts of a proxy as metrics, by the names of its figures.
public final class ProxyMetrics implements Supplier<String> {
  private static final String NOW = "_now";

  private final Supplier<Map<String, Number>> figures;

  /// @param figures counts by name; those that can also fall end in `_now`
  public ProxyMetrics(Supplier<Map<String, Number>> figures) {
    this.figures = figures;
  }

  /// True at this moment. Any thread.
  @Override
  public String get() {
    var out = new Exposition();
    figures
        .get()
        .forEach(
            (name, value) -> {
              String words = name.replace('_', ' ');
              if (name.endsWith(NOW)) {
                String gauge = "vexor_proxy_" + name.substring(0, name.length() - NOW.length());
                out.gauge(gauge, words).sample(gauge, value.longValue(), Map.of());
              } else {
                String total = "vexor_proxy_" + name + "_total";
                out.counter(total, words).sample(total, value.longValue(), Map.of());
              }
            });
    return out.text();
  }
}
