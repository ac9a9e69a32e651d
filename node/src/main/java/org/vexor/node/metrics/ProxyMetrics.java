package org.vexor.node.metrics;

import java.util.Map;
import java.util.function.Supplier;

/// The counts of a proxy, or of what uses one, as metrics by the names of its figures.
public final class ProxyMetrics implements Supplier<String> {
  private static final String NOW = "_now";

  private final String prefix;
  private final Supplier<Map<String, Number>> figures;

  /// @param figures counts by name; those that can also fall end in `_now`
  public ProxyMetrics(Supplier<Map<String, Number>> figures) {
    this("vexor_proxy_", figures);
  }

  /// @param prefix of all names
  /// @param figures counts by name; those that can also fall end in `_now`
  public ProxyMetrics(String prefix, Supplier<Map<String, Number>> figures) {
    this.prefix = prefix;
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
                String gauge = prefix + name.substring(0, name.length() - NOW.length());
                out.gauge(gauge, words).sample(gauge, value.longValue(), Map.of());
              } else {
                String total = prefix + name + "_total";
                out.counter(total, words).sample(total, value.longValue(), Map.of());
              }
            });
    return out.text();
  }
}
