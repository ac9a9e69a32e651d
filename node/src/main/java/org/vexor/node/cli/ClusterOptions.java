package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vexor.gossip.bootstrap.Bootstrap;
import org.vexor.node.cluster.EpochFollower;
import org.vexor.node.cluster.JoinPlan;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.cluster.StakesJson;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.rpc.RpcException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What cluster a node belongs to, and whom it asks about it.
final class ClusterOptions {
  private static final int ECHO_TIMEOUT_MS = 3_000;
  private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10);
  private static final int UNKNOWN = -1;

  @Option(
      names = "--shred-version",
      paramLabel = "V",
      defaultValue = "-1",
      description =
          "of the cluster, 0 to 65535; shreds of any other are dropped (default: what the"
              + " entrypoints say)")
  private int shredVersion = UNKNOWN;

  @Option(
      names = "--entrypoint",
      paramLabel = "HOST:PORT",
      description =
          "join the gossip of the cluster by this node, so that others send us shreds; may be given"
              + " more than once")
  private List<String> entrypoints = List.of();

  @Option(
      names = "--gossip-bind",
      paramLabel = "ADDR:PORT",
      description =
          "our gossip port, which others must reach (default: the address of --tvu-bind, any port"
              + " that is free)")
  private @Nullable String gossipBind;

  @Option(
      names = "--rpc",
      paramLabel = "URL",
      description =
          "ask this RPC node who leads and who has stake, and again as epochs roll; unless --leader or"
              + " --leader-schedule is given, signatures are checked against what it says")
  private @Nullable URI rpc;

  @Option(
      names = "--stakes",
      paramLabel = "FILE",
      description =
          "who has stake: JSON as RPC getVoteAccounts gives it, or {\"identity\": lamports} (default:"
              + " what --rpc says, else nobody)")
  private @Nullable Path stakes;

  @Mixin private GossipNodeOptions nodeOptions = new GossipNodeOptions();

  /// What a node knows of its cluster before it starts; closing it ends the follower.
  ///
  /// @param join how to join; empty for a node that only receives
  /// @param follower tells leaders and stakes as epochs roll; empty without an RPC node
  /// @param stakes lamports by identity, as known at each moment
  record Setup(
      int shredVersion,
      Optional<JoinPlan> join,
      Optional<EpochFollower> follower,
      Supplier<Map<Pubkey, Long>> stakes)
      implements AutoCloseable {
    @Override
    public void close() {
      follower.ifPresent(EpochFollower::close);
    }
  }

  /// Asks the entrypoints and the RPC node.
  ///
  /// @param tvu where shreds are to arrive
  Setup setup(Endpoint tvu, PrintWriter messages) throws UserException {
    Optional<Map<Pubkey, Long>> given = stakes();
    Optional<JoinPlan> join = joinPlan(tvu, messages);
    int version = join.isPresent() ? join.get().shredVersion() : shredVersion();
    Optional<EpochFollower> follower = follower();
    return new Setup(
        version,
        join,
        follower,
        () -> given.or(() -> follower.map(EpochFollower::stakes)).orElse(Map.of()));
  }

  /// The shred version, where no entrypoint has to be asked for it.
  private int shredVersion() throws UserException {
    if (shredVersion == UNKNOWN) {
      throw new UserException(
          "which cluster? Give --shred-version V, or --entrypoint HOST:PORT, which knows it");
    }
    if (shredVersion < 0 || shredVersion > 0xffff) {
      throw new UserException("--shred-version " + shredVersion + " is not between 0 and 65535");
    }
    return shredVersion;
  }

  private Optional<JoinPlan> joinPlan(Endpoint tvu, PrintWriter messages) throws UserException {
    if (entrypoints.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt wanted = OptionalInt.empty();
    if (shredVersion != UNKNOWN) {
      wanted = OptionalInt.of(shredVersion());
    }
    List<Endpoint> asked = GossipNodeOptions.entrypoints(entrypoints);
    return Optional.of(
        switch (Bootstrap.learn(asked, wanted, ECHO_TIMEOUT_MS)) {
          case Bootstrap.Outcome.Learned learned ->
              plan(asked, tvu, learned.shredVersion(), learned.address().withPort(0));
          case Bootstrap.Outcome.Unanswered unanswered -> {
            if (wanted.isEmpty() || tvu.isAnyLocal()) {
              throw new UserException(
                  unanswered.why()
                      + "; to do without, give --shred-version and an address that others reach"
                      + " with --tvu-bind");
            }
            messages.println(unanswered.why() + "; going on with what was given");
            yield plan(asked, tvu, wanted.getAsInt(), tvu);
          }
          case Bootstrap.Outcome.Failed failed -> throw new UserException(failed.why());
        });
  }

  private JoinPlan plan(List<Endpoint> asked, Endpoint tvu, int version, Endpoint seen)
      throws UserException {
    if (version == 0) {
      throw new UserException("--shred-version 0 is no cluster that one can join");
    }
    Endpoint bind =
        gossipBind == null
            ? tvu.withPort(0)
            : GossipNodeOptions.endpoint("--gossip-bind", gossipBind);
    return new JoinPlan(
        nodeOptions.keypair(), version, bind, seen, asked, nodeOptions.contactFile());
  }

  /// Whether there is a cluster to join by gossip.
  boolean joins() {
    return !entrypoints.isEmpty();
  }

  /// Whether there is a node to ask.
  boolean asksRpc() {
    return rpc != null;
  }

  /// One more client of the node of `--rpc`, the caller's.
  RpcClient rpcClient() throws UserException {
    if (rpc == null) {
      throw new UserException("which node is to be asked? Give --rpc URL");
    }
    return new RpcClient(rpc, RPC_TIMEOUT);
  }

  private Optional<EpochFollower> follower() throws UserException {
    if (rpc == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(EpochFollower.start(new RpcClient(rpc, RPC_TIMEOUT)));
    } catch (RpcException | IllegalArgumentException e) {
      throw new UserException("--rpc: " + e.getMessage(), e);
    }
  }

  private Optional<Map<Pubkey, Long>> stakes() throws UserException {
    if (stakes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(StakesJson.read(stakes));
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw new UserException("--stakes " + stakes + ": " + e.getMessage(), e);
    }
  }
}
