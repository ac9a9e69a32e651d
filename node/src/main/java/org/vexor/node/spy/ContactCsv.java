package org.vexor.node.spy;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vexor.gossip.crds.SocketKey;

/// Rows for spreadsheets: a column for each socket that is known to gossip. No field has a comma or
/// a quote in it.
public final class ContactCsv {
  private ContactCsv() {}

  /// A header and a line for each row.
  public static void print(List<ContactRow> rows, PrintWriter out) {
    String sockets =
        Stream.of(SocketKey.values()).map(SocketKey::text).collect(Collectors.joining(","));
    out.println("identity,shred_version,version,client,stake_lamports,age_ms," + sockets);
    for (ContactRow row : rows) {
      String addresses =
          Stream.of(SocketKey.values())
              .map(key -> row.sockets().getOrDefault(key.text(), ""))
              .collect(Collectors.joining(","));
      out.println(
          String.join(
              ",",
              row.identity(),
              Integer.toString(row.shredVersion()),
              row.version(),
              row.client(),
              Long.toString(row.stakeLamports()),
              Long.toString(row.ageMs()),
              addresses));
    }
    out.flush();
  }
}
