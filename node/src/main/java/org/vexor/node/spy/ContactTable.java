package org.vexor.node.spy;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vexor.gossip.crds.SocketKey;

/// Rows for people, and what they sum up to.
public final class ContactTable {
  private static final String FORMAT = "%-44s  %-16s %-13s %-21s %-21s %-21s %6s%n";
  private static final long MS_PER_SECOND = 1000;

  private ContactTable() {}

  /// The table, at most `limit` rows of it, and a summary.
  public static void print(List<ContactRow> rows, int limit, PrintWriter out) {
    out.printf(FORMAT, "identity", "version", "client", "gossip", "tvu", "tpu_quic", "age s");
    for (ContactRow row : rows.subList(0, Math.min(limit, rows.size()))) {
      out.printf(
          FORMAT,
          row.identity(),
          row.version(),
          row.client(),
          row.socket(SocketKey.GOSSIP),
          row.socket(SocketKey.TVU),
          row.socket(SocketKey.TPU_QUIC),
          row.ageMs() / MS_PER_SECOND);
    }
    if (rows.size() > limit) {
      out.println("... and " + (rows.size() - limit) + " more");
    }
    out.println();
    out.println(rows.size() + " nodes" + (rows.isEmpty() ? "" : ": " + counts(rows)));
    out.flush();
  }

  private static String counts(List<ContactRow> rows) {
    Map<String, Long> byVersion =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.client() + " " + row.version(),
                    TreeMap::new,
                    Collectors.counting()));
    return byVersion.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
