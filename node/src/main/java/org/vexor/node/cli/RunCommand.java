package org.vexor.node.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.node.cluster.EpochFollower;
import org.vexor.node.cluster.GossipRow;
import org.vexor.node.cluster.LeadersRow;
import org.vexor.node.cluster.Membership;
import org.vexor.node.front.NodeFeed;
import org.vexor.node.front.NodeFront;
import org.vexor.node.masque.ProxyUse;
import org.vexor.node.masque.ProxyVerdict;
import org.vexor.node.metrics.NodeMetrics;
import org.vexor.node.route.WayOut;
import org.vexor.node.run.BlockEvents;
import org.vexor.node.run.BlockListeners;
import org.vexor.node.run.IdleMode;
import org.vexor.node.run.StopSignal;
import org.vexor.node.run.Ticker;
import org.vexor.node.run.TvuNode;
import org.vexor.node.run.TvuWatch;
import org.vexor.node.status.BackendRows;
import org.vexor.node.status.Components;
import org.vexor.node.status.TvuRow;
import org.vexor.packet.Backend;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.packet.select.Selection;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.crypto.SignatureVerifier;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockChecks;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.tvu.ThreadingMode;
import org.vexor.turbine.tvu.TvuReceiver;
import org.vexor.turbine.tvu.WarmUp;
import org.vexor.turbine.verify.SlotLeaders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor run`: receives turbine and tells of blocks until it is stopped.
@Command(
    name = "run",
    description = {
      "Receive shreds by UDP and tell of every block: one line when a slot is complete or given up.",
      "With --entrypoint it joins the cluster by gossip, so that others know where to send shreds.",
      "Runs until Ctrl-C or SIGTERM, then prints where every datagram went.",
      ""
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Duration PROXY_FIRST = Duration.ofSeconds(1);

  private static final String UNCHECKED =
      "leader signatures are NOT checked: give --leader, --leader-schedule or --rpc to check them";

  @Option(
      names = "--tvu-bind",
      paramLabel = "ADDR:PORT",
      defaultValue = "0.0.0.0:9004",
      description = "where shreds arrive (default ${DEFAULT-VALUE})")
  private String tvuBind = "";

  @Mixin private ClusterOptions clusterOptions = new ClusterOptions();

  @Mixin private LeaderOptions leaderOptions = new LeaderOptions();

  @Option(
      names = "--events",
      paramLabel = "FILE|-",
      description = "append one JSON line for each slot to FILE, or write it to standard output")
  private @Nullable String events;

  @Option(
      names = "--check-transactions",
      description = "also check the signatures of all transactions (some 65 us each)")
  private boolean checkTransactions;

  @Option(
      names = "--check-poh",
      description = "also check the hash chain (about a second for a block of mainnet)")
  private boolean checkPoh;

  @Mixin private BackendOptions backendOptions = new BackendOptions();

  @Mixin private ThreadOptions threadOptions = new ThreadOptions();

  @Mixin private MetricsOption metricsOption = new MetricsOption();

  @Mixin private StatusOptions statusOptions = new StatusOptions();

  @Mixin private MasqueOptions masqueOptions = new MasqueOptions();

  @Mixin private FrontOptions frontOptions = new FrontOptions();

  @Spec private CommandSpec spec;

  RunCommand() {}

  @Override
  public Integer call() throws UserException {
    Endpoint bind = endpoint();
    ThreadingMode threading = threadOptions.threading();
    Selection selection = backendOptions.selection(bind, TvuReceiver.engineOptions(threading));
    IdleMode idle = threadOptions.idle();
    Optional<SlotLeaders> given = leaderOptions.slotLeaders();
    Optional<NodeFeed> feed = frontOptions.feed(clusterOptions);
    PrintWriter output = eventOutput();
    PrintWriter messages = spec.commandLine().getErr();
    try (ProxyStart masque = ProxyStart.begin(masqueOptions, messages);
        ClusterOptions.Setup setup = clusterOptions.setup(bind, messages)) {
      Optional<SlotLeaders> leaders = given.or(() -> setup.follower().map(EpochFollower::leaders));
      var listener = new BlockEvents(output, events != null);
      TvuReceiver receiver =
          open(selection, threading, setup.shredVersion(), leaders, listener, feed);
      return run(receiver, masque, setup, threading, idle, listener, feed);
    } finally {
      output.flush();
    }
  }

  /// @return the exit code
  private int run(
      TvuReceiver receiver,
      ProxyStart masqueStart,
      ClusterOptions.Setup setup,
      ThreadingMode threading,
      IdleMode idle,
      BlockEvents listener,
      Optional<NodeFeed> feed)
      throws UserException {
    PrintWriter messages = spec.commandLine().getErr();
    StopSignal stop = StopSignal.install(receiver.engine()::wakeup);
    var watch = new TvuWatch(receiver, System::nanoTime, messages, listener::backend);
    watch.announce();
    if (!leaderOptions.areGiven() && setup.follower().isEmpty()) {
      messages.println(UNCHECKED);
    }
    confirm(receiver, watch);
    var components = new Components();
    components.add(new BackendRows(watch::status));
    components.add(new TvuRow(receiver, watch::status));
    var metrics = new NodeMetrics(components, watch::status, receiver);
    Optional<Membership> membership = Optional.empty();
    Optional<ProxyUse> masque = Optional.empty();
    Optional<NodeFront> front = Optional.empty();
    try {
      masque = masqueStart.await();
      masque.ifPresent(use -> use.show(components));
      warmUp(masque, threading, stop);
      WayOut way = masque.map(ProxyUse::way).orElse(WayOut.DIRECT);
      membership = join(setup, receiver, way, stop);
      membership.ifPresent(joined -> components.add(new GossipRow(joined)));
      membership.ifPresent(joined -> metrics.add(joined.node()));
      setup.follower().ifPresent(follower -> components.add(new LeadersRow(follower)));
      front =
          frontOptions.open(
              feed,
              new FrontOptions.Parts(clusterOptions, setup, membership, receiver, endpoint(), way),
              messages);
      front.ifPresent(components::add);
      front.ifPresent(open -> metrics.add(open.transactions()));
      try (var _ = metricsOption.serve(metrics, messages);
          var _ = statusOptions.serve(components, watch::status, messages)) {
        run(new TvuNode(receiver, idle, stop), watch, membership);
      }
    } catch (UserException e) {
      receiver.onClose(); // not started: nothing else closes it
      throw e;
    } finally {
      front.ifPresent(NodeFront::close);
      membership.ifPresent(Membership::close);
      masqueStart.close();
      stop.finished();
    }
    return membership.filter(Membership::isOusted).isPresent() ? 1 : 0;
  }

  private void confirm(TvuReceiver receiver, TvuWatch watch) {
    boolean isXdp = watch.status().backend().backend() == Backend.AF_XDP;
    if (isXdp && backendOptions.confirmSeconds() > 0) {
      Confirmation.ask(
          backendOptions.confirmSeconds(),
          System.in,
          spec.commandLine().getErr(),
          () -> PacketEngines.confirm(receiver.engine()));
    }
  }

  /// Joins the cluster, if there is one to join: the port is open by now, so it may be told.
  private Optional<Membership> join(
      ClusterOptions.Setup setup, TvuReceiver receiver, WayOut way, StopSignal stop)
      throws UserException {
    if (setup.join().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Membership.join(
              setup.join().get(),
              way.engine("gossip", EngineOptions.DEFAULT),
              Map.of(SocketKey.TVU, receiver.port().localEndpoint()),
              setup.stakes(),
              spec.commandLine().getErr(),
              () -> {
                stop.request();
                receiver.engine().wakeup();
              }));
    } catch (PortException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  /// A proxy goes first: its handshake would wait for cores that the warm-up takes for a second.
  private static void warmUp(Optional<ProxyUse> masque, ThreadingMode threading, StopSignal stop) {
    Thread.ofPlatform()
        .daemon()
        .name("vexor-warm-up")
        .start(
            () -> {
              masque.ifPresent(
                  use -> {
                    ProxyVerdict _ = use.node().awaitVerdict(PROXY_FIRST);
                  });
              long _ = WarmUp.run(threading, stop::isRequested);
            });
  }

  /// The accounts are the last words, and do not wait for anybody who asks how it is.
  private static void run(TvuNode node, TvuWatch watch, Optional<Membership> membership) {
    Runnable tick =
        () -> {
          watch.tick();
          membership.ifPresent(Membership::tick);
        };
    try (var _ = new Ticker(tick)) {
      node.run();
    } finally {
      watch.printAccounts();
    }
  }

  /// @param leaders whose signatures are checked; when nobody said who leads, none are
  private TvuReceiver open(
      Selection selection,
      ThreadingMode threading,
      int shredVersion,
      Optional<SlotLeaders> leaders,
      BlockEvents listener,
      Optional<NodeFeed> feed)
      throws UserException {
    var verifier = new Ed25519Verifier();
    SignatureVerifier signatures = leaders.isPresent() ? verifier : (_, _, _, _, _, _, _) -> true;
    PacketEngine engine = engine(selection);
    try {
      return new TvuReceiver(
          new TvuReceiver.Wiring(
              engine,
              PortOptions.bind(selection.bind()),
              shredVersion,
              leaders.orElse(SlotLeaders.always(Pubkey.ZERO)),
              signatures,
              AssemblerOptions.live(checks(verifier, feed)),
              System::nanoTime,
              feed.<BlockListener>map(ears -> new BlockListeners(List.of(listener, ears)))
                  .orElse(listener),
              ShredSink.NONE),
          threading);
    } catch (PortException e) {
      engine.close();
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  private static PacketEngine engine(Selection selection) throws UserException {
    try {
      return PacketEngines.open(selection);
    } catch (PortException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  private BlockChecks checks(Ed25519Verifier verifier, Optional<NodeFeed> feed) {
    BlockChecks checks = checks(verifier);
    return feed.isEmpty() ? checks : checks.withVisitor(feed.get().visitor());
  }

  private BlockChecks checks(Ed25519Verifier verifier) {
    return new BlockChecks(
        true,
        checkPoh ? Long.MAX_VALUE : 0,
        checkTransactions
            ? Optional.of(
                (bytes, key, signature, message, length) ->
                    verifier.verify(bytes, message, length, bytes, signature, bytes, key))
            : Optional.empty());
  }

  private Endpoint endpoint() throws UserException {
    try {
      return Endpoint.parse(tvuBind);
    } catch (IllegalArgumentException e) {
      throw new UserException("--tvu-bind: " + e.getMessage(), e);
    }
  }

  private PrintWriter eventOutput() throws UserException {
    if (events == null || events.equals("-")) {
      return spec.commandLine().getOut();
    }
    Path file = Path.of(events);
    try {
      OutputStream stream =
          new BufferedOutputStream(
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
      return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserException("--events " + file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
