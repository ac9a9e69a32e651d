package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vexor.node.landing.Broadcast;
import org.vexor.node.landing.ClusterLink;
import org.vexor.node.landing.Landing;
import org.vexor.node.route.WayOut;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.rpc.SlotFeed;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.leader.FanOut;
import org.vexor.turbine.verify.SlotLeaders;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// By what a command knows a cluster whose leaders it sends to.
final class LandingOptions {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long LOOK_NS = 5_000_000;
  private static final long PATIENCE_NS = 15_000_000_000L;

  /// As long as Agave's servers give a handshake.
  private static final long CONNECT_NS = 2_000_000_000L;

  @Option(
      names = "--rpc",
      paramLabel = "URL",
      description = "JSON-RPC of a node: slots, leader schedule, addresses, what has landed")
  private @Nullable String url;

  @Option(
      names = "--leaders",
      paramLabel = "N",
      description =
          "leaders that get each transaction: the current and the next ones, 1 to 16 (default 2)")
  private @Nullable Integer leaders;

  @Option(
      names = "--ws",
      paramLabel = "URL",
      description =
          "WebSocket of a node, which tells slots as they begin (default: that of --rpc, on the port"
              + " after its own)")
  private @Nullable String webSocket;

  @Mixin private final LinkOptions linkOptions = new LinkOptions();

  /// Whether there is a node to ask.
  boolean asksRpc() {
    return url != null;
  }

  private String url() throws UserException {
    if (url == null) {
      throw new UserException(
          "which node is to be asked for a blockhash, and what has landed? Give --rpc URL");
    }
    return url;
  }

  RpcClient rpc() throws UserException {
    try {
      return new RpcClient(URI.create(url()), TIMEOUT);
    } catch (IllegalArgumentException e) {
      throw new UserException("--rpc: " + e.getMessage(), e);
    }
  }

  FanOut fanOut() throws UserException {
    return FanOut.DEFAULT.withLeaders(leaders(FanOut.DEFAULT.leaders()));
  }

  private int leaders(int unlessGiven) throws UserException {
    int wanted = leaders == null ? unlessGiven : leaders;
    if (wanted < 1 || wanted > FanOut.MOST_LEADERS) {
      throw new UserException(
          "--leaders " + wanted + " is out of range: give 1 to " + FanOut.MOST_LEADERS);
    }
    return wanted;
  }

  /// Where to send from: loopback to a cluster on this machine.
  Endpoint local() throws UserException {
    try {
      InetAddress node = InetAddress.getByName(URI.create(url()).getHost());
      return node.isLoopbackAddress() ? Endpoint.loopback(0) : Endpoint.of(node, 0).anyLocal();
    } catch (UnknownHostException e) {
      throw new UserException("--rpc " + url() + ": no such host", e);
    }
  }

  /// A way into the cluster itself, not opened yet; empty when none is wanted.
  ///
  /// @param identity under which gossip is joined: of nobody who runs elsewhere
  Optional<ClusterLink> link(Keypair identity, PrintWriter messages) throws UserException {
    return linkOptions.link(identity, local(), messages);
  }

  /// A client that knows the cluster by its gossip alone, and somebody to send to.
  ///
  /// @param who leads, where somebody said so
  Broadcast broadcast(
      Optional<SlotLeaders> who,
      WayOut way,
      Keypair identity,
      HistoryListener listener,
      PrintWriter messages)
      throws UserException {
    if (!hasLink()) {
      throw new UserException(
          "which cluster? Give --rpc URL, or --entrypoint HOST:PORT of its gossip");
    }
    int most = leaders(who.isPresent() ? FanOut.DEFAULT.leaders() : FanOut.MOST_LEADERS);
    Broadcast broadcast;
    try {
      broadcast =
          Broadcast.join(
              new Broadcast.Wiring(
                  linkOptions.alone(Keypair.generate(), messages),
                  who,
                  most,
                  linkOptions.local().toSocketAddress(),
                  way,
                  identity,
                  listener),
              Duration.ofNanos(PATIENCE_NS));
    } catch (PortException | IllegalStateException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    boolean _ = awaited(broadcast::connect, CONNECT_NS);
    if (broadcast.targets().isEmpty()) {
      broadcast.close();
      throw new UserException(
          "gossip knows nobody to send to: of "
              + broadcast.voters()
              + " nodes that vote none tells where it takes transactions");
    }
    return broadcast;
  }

  /// Whether there is a cluster to join.
  boolean hasLink() {
    return linkOptions.isGiven();
  }

  /// A client that knows at least one leader.
  ///
  /// @param link closed with it
  Landing landing(
      ClusterRpc rpc,
      Optional<ClusterLink> link,
      WayOut way,
      Keypair identity,
      HistoryListener listener,
      Consumer<String> troubleLines)
      throws UserException {
    Landing landing = open(rpc, link, way, identity, listener, troubleLines);
    try {
      landing.hearSlots(
          webSocket == null ? SlotFeed.besides(URI.create(url())) : URI.create(webSocket));
    } catch (IllegalArgumentException e) {
      landing.close();
      throw new UserException("--ws: " + e.getMessage(), e);
    }
    try {
      landing.start();
    } catch (PortException e) {
      landing.close();
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    if (!awaited(() -> !landing.plan().targets().isEmpty())) {
      landing.close();
      throw new UserException(
          landing.rpcTrouble().orElseGet(() -> "no leader is known: " + landing.plan().troubles()));
    }
    if (link.isPresent() && !awaited(() -> link.get().knows(landing.plan().targets()))) {
      troubleLines.accept(
          "gossip does not know the next leaders yet: their addresses are those that the node lists");
    }
    if (link.isPresent() && !awaited(link.get()::bringsBlocks)) {
      troubleLines.accept(
          "turbine brings no whole block yet: what has landed is what the node says until it does");
    }
    // Else the first transactions would wait for handshakes while their slots pass. A leader that
    // does not answer is no reason to wait: the next one may.
    boolean _ = awaited(landing::isConnected, CONNECT_NS);
    return landing;
  }

  private Landing open(
      ClusterRpc rpc,
      Optional<ClusterLink> link,
      WayOut way,
      Keypair identity,
      HistoryListener listener,
      Consumer<String> troubleLines)
      throws UserException {
    try {
      return new Landing(
          rpc, link, local().toSocketAddress(), way, identity, fanOut(), listener, troubleLines);
    } catch (IOException | IllegalStateException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean awaited(BooleanSupplier condition) {
    return awaited(condition, PATIENCE_NS);
  }

  private static boolean awaited(BooleanSupplier condition, long patienceNs) {
    long startNs = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - startNs > patienceNs) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NS);
    }
    return true;
  }
}
