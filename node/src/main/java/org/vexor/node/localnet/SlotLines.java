package org.vexor.node.localnet;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import org.vexor.localnet.Localnet;
import org.vexor.localnet.LocalnetOptions;
import org.vexor.localnet.LocalnetSummary;
import org.vexor.localnet.SlotReport;

/// A line for each slot.
final class SlotLines implements LocalnetOutput {
  private final PrintWriter out;
  private int nodes;

  SlotLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void start(LocalnetOptions options, Localnet localnet) {
    nodes = options.nodes();
    Text.start(options, localnet).forEach(out::println);
    out.flush();
  }

  @Override
  public void discovered(long tookNs) {
    out.println(Text.discovered(nodes, tookNs));
    out.println(Text.HEADER);
    out.flush();
  }

  @Override
  public void slot(SlotReport report) {
    out.println(Text.line(report));
    out.flush();
  }

  @Override
  public void skipped(long slot, int leader, long lateNs) {
    out.println(Text.skipped(slot, leader, lateNs));
    out.flush();
  }

  @Override
  public void rpc(InetSocketAddress address) {
    out.println(Text.rpc(address));
    out.flush();
  }

  @Override
  public void end(LocalnetSummary summary) {
    Text.summary(summary).forEach(out::println);
    out.flush();
  }
}
