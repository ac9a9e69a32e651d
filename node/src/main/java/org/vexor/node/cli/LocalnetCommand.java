package org.vexor.node.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.agrona.concurrent.SigInt;
import org.jspecify.annotations.Nullable;
import org.vexor.gossip.bootstrap.IpEchoServer;
import org.vexor.localnet.EngineFactory;
import org.vexor.localnet.Localnet;
import org.vexor.localnet.LocalnetOptions;
import org.vexor.localnet.LocalnetSummary;
import org.vexor.node.localnet.LocalnetOutput;
import org.vexor.node.localnet.LocalnetRpc;
import org.vexor.node.metrics.TransactionMetrics;
import org.vexor.packet.PortException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor localnet`: a cluster in this process, slot by slot, and where every shred went.
@Command(
    name = "localnet",
    description = {
      "Run a whole cluster in one process: nodes find each other by gossip, leaders take turns by a"
          + " real leader schedule, make blocks of signed transfers, and send them as shreds by UDP on"
          + " loopback; every node receives, verifies, recovers and rebuilds them.",
      "Ends after --seconds, or with Ctrl-C, with a summary that says where every shred went. The"
          + " exit code is 0 when every slot is complete on all nodes and the accounts close, else"
          + " 1.",
      ""
    },
    mixinStandardHelpOptions = true)
final class LocalnetCommand implements Callable<Integer> {
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final long SLOT_NS = LocalnetOptions.DEFAULT.slotNs();
  private static final long MAX_SECONDS = LocalnetOptions.MAX_SLOTS * SLOT_NS / NS_PER_SECOND;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "5",
      description = "nodes, 2 to 50 (default ${DEFAULT-VALUE})")
  private int nodes;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "how long to make blocks, 1 to 172799 (default: until Ctrl-C)")
  private long seconds;

  @Option(
      names = "--tps",
      paramLabel = "N",
      defaultValue = "200",
      description = "transfers a second, 0 to 10000 (default ${DEFAULT-VALUE})")
  private int tps;

  @Option(
      names = "--loss",
      paramLabel = "P",
      defaultValue = "0",
      description = "part of the shreds thrown away before each receiver, 0 to 1 (default 0)")
  private double loss;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "draws identities, stakes, schedule, transfers and losses (default ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--rpc",
      paramLabel = "PORT",
      description =
          "answer JSON-RPC on this port of loopback, and its WebSocket subscriptions on the next")
  private int rpcPort;

  @Mixin private MetricsOption metricsOption = new MetricsOption();

  @Option(names = "--json", description = "one JSON line for each slot, then one for the summary")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UserException {
    requireRange("--nodes", nodes, 2, LocalnetOptions.MAX_NODES);
    requireRange("--tps", tps, 0, LocalnetOptions.MAX_TRANSACTIONS_PER_SECOND);
    boolean isEndless = !spec.commandLine().getParseResult().hasMatchedOption("--seconds");
    if (!isEndless) {
      requireRange("--seconds", seconds, 1, MAX_SECONDS);
    }
    if (!(loss >= 0 && loss <= 1)) {
      throw new UserException("--loss " + loss + " is out of range: give 0 to 1, as 0.2");
    }
    long slots =
        isEndless ? LocalnetOptions.MAX_SLOTS : Math.ceilDiv(seconds * NS_PER_SECOND, SLOT_NS);
    return run(
        LocalnetOptions.DEFAULT
            .withNodes(nodes)
            .withSlots(slots)
            .withTransactionsPerSecond(tps)
            .withLoss(loss)
            .withSeed(seed)
            .withQuic());
  }

  private int run(LocalnetOptions options) throws UserException {
    PrintWriter out = spec.commandLine().getOut();
    LocalnetOutput output = LocalnetOutput.of(out, json, isTerminal());
    Localnet localnet;
    try {
      localnet =
          new Localnet(
              options, EngineFactory.best(), System::nanoTime, System::currentTimeMillis, output);
    } catch (PortException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    onInterrupt(localnet::stop);
    LocalnetSummary summary;
    try (@Nullable IpEchoServer _ = echo(localnet);
        RpcPort rpc = RpcPort.open(rpcPort, () -> new LocalnetRpc(localnet));
        var _ = metricsOption.serve(metrics(localnet), spec.commandLine().getErr())) {
      output.start(options, localnet);
      rpc.address().ifPresent(output::rpc);
      summary = localnet.run();
    }
    output.end(summary);
    out.flush();
    return summary.isGood() ? 0 : 1;
  }

  /// Tells those who want to join what cluster this is; without it they must know its shred
  /// version.
  private @Nullable IpEchoServer echo(Localnet localnet) {
    try {
      return IpEchoServer.start(localnet.entrypoint(), localnet.cluster().shredVersion());
    } catch (IOException e) {
      spec.commandLine().getErr().println("localnet: " + e.getMessage());
      return null;
    }
  }

  private static Supplier<String> metrics(Localnet localnet) {
    return localnet.transactions().<Supplier<String>>map(TransactionMetrics::new).orElse(() -> "");
  }

  /// Ctrl-C ends the run, not the process, which still has a summary to print and its own exit code
  /// to give. What agrona recommends in place of [SigInt] is a shutdown hook, which has the JVM's
  /// exit code already. SIGTERM ends the process as ever.
  @SuppressWarnings({"deprecation", "removal"})
  private static void onInterrupt(Runnable stop) {
    SigInt.register(stop);
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private static void requireRange(String option, long value, long least, long most)
      throws UserException {
    if (value < least || value > most) {
      throw new UserException(
          option + " " + value + " is out of range: give " + least + " to " + most);
    }
  }
}
