package org.vexor.node.front;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vexor.node.landing.Landing;
import org.vexor.node.route.WayOut;
import org.vexor.node.rpc.RpcNode;
import org.vexor.node.rpc.RpcServer;
import org.vexor.node.status.ComponentSource;
import org.vexor.node.status.ComponentStatus;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.tpu.leader.FanOut;
import org.vexor.turbine.verify.SlotLeaders;

/// JSON-RPC of a running node, and the client that sends its transactions. Any thread.
public final class NodeFront implements AutoCloseable, ComponentSource {
  private final RpcClient rpc;
  private final Landing landing;
  private final FrontSource source;
  private final RpcServer server;

  /// With what a front is opened.
  ///
  /// @param bind where it answers; the WebSocket is on the next port
  /// @param local from where transactions are sent
  /// @param way out to the leaders
  /// @param identity under which they are sent
  /// @param feed the node's gossip and turbine
  /// @param leaders who leads
  /// @param nodes who is there
  /// @param version of this program
  /// @param troubleLines take a line when something is not known, and when it is again
  public record Plan(
      InetSocketAddress bind,
      InetSocketAddress local,
      WayOut way,
      Keypair identity,
      NodeFeed feed,
      SlotLeaders leaders,
      Supplier<List<RpcNode>> nodes,
      String version,
      Consumer<String> troubleLines) {}

  private NodeFront(RpcClient rpc, Landing landing, FrontSource source, RpcServer server) {
    this.rpc = rpc;
    this.landing = landing;
    this.source = source;
    this.server = server;
  }

  /// Opens it.
  ///
  /// @param rpc the node behind; closed with this, and when this fails
  /// @throws IOException when that node does not answer, or an address cannot be bound
  public static NodeFront open(RpcClient rpc, Plan plan) throws IOException {
    var cluster = new ClusterRpc(rpc);
    try {
      Landing landing =
          new Landing(
              cluster,
              Optional.of(plan.feed()),
              plan.local(),
              plan.way(),
              plan.identity(),
              FanOut.DEFAULT,
              HistoryListener.NONE,
              plan.troubleLines());
      try {
        return open(rpc, cluster, landing, plan);
      } catch (IOException | RuntimeException e) {
        landing.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      rpc.close();
      throw e;
    }
  }

  private static NodeFront open(RpcClient rpc, ClusterRpc cluster, Landing landing, Plan plan)
      throws IOException {
    landing.start();
    FrontSource source =
        FrontSource.start(
            new FrontSource.Wiring(
                cluster,
                landing,
                plan.feed().seen(),
                plan.leaders(),
                plan.nodes(),
                plan.identity().publicKey()));
    try {
      plan.feed().onBlock(source::finished);
      RpcServer server = RpcServer.start(source, plan.bind(), plan.version());
      return new NodeFront(rpc, landing, source, server);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /// Where it answers.
  public InetSocketAddress address() {
    return server.address();
  }

  /// What became of the transactions.
  public TransactionHistory transactions() {
    return landing.history();
  }

  @Override
  public List<ComponentStatus> status() {
    return List.of(new ClientRow(landing, source).status());
  }

  @Override
  public void close() {
    server.close();
    source.close();
    landing.close();
    rpc.close();
  }
}
