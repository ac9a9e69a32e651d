package org.vexor.node.localnet;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import org.vexor.localnet.Localnet;
import org.vexor.localnet.LocalnetOptions;
import org.vexor.localnet.LocalnetSummary;

/// Text for a person: what stands before the slots and after them. What comes of a slot is for who
/// extends it.
abstract class TextOutput implements LocalnetOutput {
  private final PrintWriter out;
  private int nodes;

  TextOutput(PrintWriter out) {
    this.out = out;
  }

  final PrintWriter out() {
    return out;
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
