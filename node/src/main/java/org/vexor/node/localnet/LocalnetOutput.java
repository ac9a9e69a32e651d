package org.vexor.node.localnet;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import org.vexor.localnet.Localnet;
import org.vexor.localnet.LocalnetListener;
import org.vexor.localnet.LocalnetOptions;
import org.vexor.localnet.LocalnetSummary;

/// Shows a localnet from its start to its summary. One thread.
public interface LocalnetOutput extends LocalnetListener {
  /// Before the first slot.
  void start(LocalnetOptions options, Localnet localnet);

  /// JSON-RPC is served.
  ///
  /// @param address of HTTP; WebSockets are on the next port too
  void rpc(InetSocketAddress address);

  /// After the last slot.
  void end(LocalnetSummary summary);

  /// The form that fits: JSON when wanted, a table that is drawn over in a terminal, else lines.
  static LocalnetOutput of(PrintWriter out, boolean json, boolean isTerminal) {
    if (json) {
      return new JsonLines(out);
    }
    return isTerminal ? new LiveTable(out) : new SlotLines(out);
  }
}
