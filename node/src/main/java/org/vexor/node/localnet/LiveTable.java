package org.vexor.node.localnet;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import org.vexor.localnet.SlotReport;

/// The newest slots, drawn over in place with ANSI sequences, below them the totals so far.
final class LiveTable extends TextOutput {
  /// Fits the smallest usual terminal of 24 lines together with head and totals.
  private static final int ROWS = 14;

  private final ArrayDeque<String> rows = new ArrayDeque<>();
  private int drawnLines;
  private long slots;
  private long complete;
  private long transactions;
  private long recovered;

  LiveTable(PrintWriter out) {
    super(out);
  }

  @Override
  public void slot(SlotReport report) {
    slots++;
    complete += report.isGood() ? 1 : 0;
    transactions += report.transactions();
    recovered += report.recovered();
    draw(Text.line(report));
  }

  @Override
  public void skipped(long slot, int leader, long lateNs) {
    draw(Text.skipped(slot, leader, lateNs));
  }

  private void draw(String row) {
    PrintWriter out = out();
    rows.addLast(row);
    if (rows.size() > ROWS) {
      rows.removeFirst();
    }
    if (drawnLines > 0) {
      // Cursor to the start of the line that many up, then erase to the end of the screen.
      out.print("\u001b[" + drawnLines + "F\u001b[J");
    }
    rows.forEach(out::println);
    out.printf(
        "%d slots, %d complete on all nodes; %d transactions; %d shreds recovered. Ctrl-C ends.%n",
        slots, complete, transactions, recovered);
    out.flush();
    drawnLines = rows.size() + 1;
  }
}
