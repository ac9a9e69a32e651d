package org.vexor.node.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.vexor.node.route.LeaderRoutes;
import org.vexor.node.tpu.LoadReport;
import org.vexor.node.tpu.PacedLoad;
import org.vexor.node.tpu.SendMeter;
import org.vexor.node.tpu.TransferLoad;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortException;
import org.vexor.packet.select.PacketEngines;
import org.vexor.packet.select.Selection;
import org.vexor.quic.PortLoops;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.send.LeaderSource;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SenderCounters;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.TpuTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `vexor tpu send`: a load of real transactions against given ports.
@Command(
    name = "send",
    description = {
      "Send signed transfers to transaction ports, and say what became of each.",
      "Exit code 1 when not all were acknowledged.",
      ""
    },
    mixinStandardHelpOptions = true)
final class TpuSendCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      split = ",",
      paramLabel = "[KEY@]HOST:PORT",
      description =
          "transaction ports; each transaction goes to all of them. With KEY, the server must hold"
              + " that key; without, any is believed")
  private List<String> to = List.of();

  @Option(names = "--count", paramLabel = "N", defaultValue = "1", description = "how many")
  private int count;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "1000",
      description = "a second; 0 for as fast as they are acknowledged (default ${DEFAULT-VALUE})")
  private int rate;

  @Option(
      names = "--size",
      paramLabel = "B",
      defaultValue = "0",
      description = "bytes of each, up to 4096 (default: what a transfer takes)")
  private int size;

  @Option(
      names = "--blockhash",
      paramLabel = "HASH",
      description = "recent blockhash to name (default: none, so that no cluster executes them)")
  private String blockhash = Hash.ZERO.toString();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "for outcomes after the last one was handed over (default ${DEFAULT-VALUE})")
  private int waitSeconds;

  @Option(names = "--json", description = "print one JSON object instead of text")
  private boolean json;

  @Mixin private final IdentityOption identity = new IdentityOption();
  @Mixin private final BackendOptions backend = new BackendOptions();
  @Mixin private final MasqueOptions masque = new MasqueOptions();

  TpuSendCommand() {}

  @Override
  public Integer call() throws UserException {
    if (count < 1 || rate < 0 || waitSeconds < 0) {
      throw new ParameterException(
          spec.commandLine(), "--count is at least 1, --rate and --wait are not negative");
    }
    List<TpuTarget> targets = targets();
    Keypair keypair = identity.keypair();
    PacedLoad load = load(keypair, targets);
    InetSocketAddress local =
        Endpoint.of(targets.getFirst().address()).anyLocal().toSocketAddress();
    Selection selection = backend.selection(Endpoint.of(local), EngineOptions.DEFAULT);
    var meter = new SendMeter();
    Sent sent = send(load, targets, keypair, local, selection, meter);
    var report =
        new LoadReport(
            sent.counters(), meter, load.transactionBytes(), targets.size(), sent.seconds());
    if (json) {
      spec.commandLine().getOut().println(report.json());
    } else {
      report.print(spec.commandLine().getOut());
    }
    spec.commandLine().getOut().flush();
    return sent.counters().acknowledged() >= (long) count * targets.size() ? 0 : 1;
  }

  private record Sent(SenderCounters counters, double seconds) {}

  /// The accounts are closed when the sender is.
  private Sent send(
      PacedLoad load,
      List<TpuTarget> targets,
      Keypair keypair,
      InetSocketAddress local,
      Selection selection,
      SendMeter meter)
      throws UserException {
    try (MasqueOptions.Outward outward = masque.open(spec.commandLine().getErr());
        PortLoops loops = PortLoops.start("tpu-send", 1, () -> PacketEngines.open(selection));
        LeaderRoutes routes = outward.way().leaders(loops, local, 1, keypair);
        QuicSender sender =
            QuicSender.start(
                routes.paths(),
                options(),
                LeaderSource.NONE,
                meter,
                routes.paths().timer(),
                new SplittableRandom(),
                CacheObserver.NONE)) {
      sender.warm(targets);
      return new Sent(sender.counters(), load.send(sender, waitSeconds));
    } catch (PortException | IllegalStateException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  private PacedLoad load(Keypair keypair, List<TpuTarget> targets) throws UserException {
    try {
      var transfers = new TransferLoad(keypair, Hash.fromBase58(blockhash), size);
      return new PacedLoad(transfers, targets, count, rate);
    } catch (IllegalArgumentException e) {
      throw new UserException("--size or --blockhash: " + e.getMessage(), e);
    }
  }

  /// Once each: what is lost is to be seen.
  private SenderOptions options() {
    return SenderOptions.DEFAULT
        .withResendEvery(Duration.ZERO)
        .withPending(count)
        .withWaiting(Math.max(SenderOptions.DEFAULT.waiting(), rate))
        .withPatience(Duration.ofSeconds(Math.max(1, waitSeconds)))
        .withAnyCertificate(target -> target.identity().equals(Pubkey.ZERO));
  }

  private List<TpuTarget> targets() throws UserException {
    var targets = new ArrayList<TpuTarget>();
    for (String text : to) {
      int at = text.indexOf('@');
      try {
        Pubkey key = at < 0 ? Pubkey.ZERO : Pubkey.fromBase58(text.substring(0, at));
        Endpoint endpoint = Endpoint.parse(text.substring(at + 1));
        targets.add(new TpuTarget(key, endpoint.toSocketAddress()));
      } catch (IllegalArgumentException e) {
        throw new UserException("--to " + text + ": " + e.getMessage(), e);
      }
    }
    return targets;
  }
}
