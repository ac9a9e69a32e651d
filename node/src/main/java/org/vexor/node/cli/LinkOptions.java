package org.vexor.node.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.vexor.gossip.bootstrap.Bootstrap;
import org.vexor.node.cluster.JoinPlan;
import org.vexor.node.landing.ClusterLink;
import org.vexor.packet.Endpoint;
import org.vexor.solana.crypto.Keypair;
import picocli.CommandLine.Option;

/// How a command that sends to leaders takes part in the cluster itself, besides asking a node.
final class LinkOptions {
  private static final int ECHO_TIMEOUT_MS = 3_000;

  @Option(
      names = "--entrypoint",
      paramLabel = "HOST:PORT",
      description =
          "join the gossip of the cluster by this node: the leaders' addresses come from there, before"
              + " those that --rpc lists; may be given more than once")
  private List<String> entrypoints = List.of();

  @Option(
      names = "--gossip-bind",
      paramLabel = "ADDR:PORT",
      description = "our gossip port, which others must reach (default: any that is free)")
  private @Nullable String gossipBind;

  @Option(
      names = "--tvu-bind",
      paramLabel = "ADDR:PORT",
      description =
          "with --entrypoint: also receive the blocks of the cluster on this port, which others must"
              + " reach, and tell by them what has landed and which slot it is")
  private @Nullable String tvuBind;

  /// Whether there is a cluster to join.
  boolean isGiven() {
    return !entrypoints.isEmpty();
  }

  /// Where to send from and to bind what is not named: loopback to a cluster on this machine.
  Endpoint local() throws UserException {
    Endpoint first = GossipNodeOptions.entrypoints(entrypoints).getFirst();
    InetSocketAddress address = first.toSocketAddress();
    return address.getAddress().isLoopbackAddress() ? Endpoint.loopback(0) : first.anyLocal();
  }

  /// The way in where there is no node to ask: blocks are received on any port if on none that is
  /// named, as nobody else tells what has landed.
  ClusterLink alone(Keypair identity, PrintWriter messages) throws UserException {
    if (tvuBind == null) {
      tvuBind = local().toString();
    }
    return link(identity, local(), messages).orElseThrow();
  }

  /// The way in, not opened yet; empty when none is wanted.
  ///
  /// @param identity under which gossip is joined
  /// @param local where to bind what is not named
  Optional<ClusterLink> link(Keypair identity, Endpoint local, PrintWriter messages)
      throws UserException {
    if (entrypoints.isEmpty()) {
      if (gossipBind != null || tvuBind != null) {
        throw new UserException("--gossip-bind and --tvu-bind need --entrypoint");
      }
      return Optional.empty();
    }
    Endpoint bind =
        gossipBind == null ? local : GossipNodeOptions.endpoint("--gossip-bind", gossipBind);
    Optional<Endpoint> tvu = Optional.empty();
    if (tvuBind != null) {
      tvu = Optional.of(GossipNodeOptions.endpoint("--tvu-bind", tvuBind));
    }
    List<Endpoint> asked = GossipNodeOptions.entrypoints(entrypoints);
    return switch (Bootstrap.learn(asked, OptionalInt.empty(), ECHO_TIMEOUT_MS)) {
      case Bootstrap.Outcome.Learned learned ->
          Optional.of(
              new ClusterLink(
                  new JoinPlan(
                      identity,
                      learned.shredVersion(),
                      bind,
                      learned.address().withPort(0),
                      asked,
                      Optional.empty()),
                  tvu,
                  messages));
      case Bootstrap.Outcome.Unanswered unanswered -> throw new UserException(unanswered.why());
      case Bootstrap.Outcome.Failed failed -> throw new UserException(failed.why());
    };
  }
}
