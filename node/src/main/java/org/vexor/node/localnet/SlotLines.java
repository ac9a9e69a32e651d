package org.vexor.node.localnet;

import java.io.PrintWriter;
import org.vexor.localnet.SlotReport;

/// A line for each slot.
final class SlotLines extends TextOutput {
  SlotLines(PrintWriter out) {
    super(out);
  }

  @Override
  public void slot(SlotReport report) {
    out().println(Text.line(report));
    out().flush();
  }

  @Override
  public void skipped(long slot, int leader, long lateNs) {
    out().println(Text.skipped(slot, leader, lateNs));
    out().flush();
  }
}
