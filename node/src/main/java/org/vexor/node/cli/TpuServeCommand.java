package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.vexor.node.run.StopSignal;
import org.vexor.node.tpu.ServeReport;
import org.vexor.node.tpu.StakesFile;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortException;
import org.vexor.packet.select.PacketEngines;
import org.vexor.packet.select.Selection;
import org.vexor.quic.PortLoops;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.server.ServerLimits;
import org.vexor.tpu.server.Stakes;
import org.vexor.tpu.server.TpuServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor tpu serve`: a transaction port that counts.
@Command(
    name = "serve",
    description = {
      "Be a leader's transaction port, with the limits of Agave's; count what comes and drop it.",
      "Runs until Ctrl-C or SIGTERM, or for --seconds; a line a second while something happens.",
      ""
    },
    mixinStandardHelpOptions = true)
final class TpuServeCommand implements Callable<Integer> {
  private static final long LOOK_NS = 20_000_000;
  private static final int TRANSACTION_BYTES = 1_232;
  private static final int VERSION_ONE_BYTES = 4_096;

  @Spec private CommandSpec spec;

  @Option(
      names = "--bind",
      required = true,
      paramLabel = "ADDR:PORT",
      description = "where to listen; port 0 for any")
  private String bind = "";

  @Option(
      names = "--stakes",
      paramLabel = "FILE",
      description =
          "lines 'KEY LAMPORTS': clients with stake; others are held to 200 transactions a second")
  private @Nullable Path stakesFile;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "how long to run (default: until it is stopped)")
  private int seconds;

  @Option(
      names = "--connections-per-minute",
      paramLabel = "N",
      defaultValue = "8",
      description = "new ones of one address (default ${DEFAULT-VALUE}, as Agave's)")
  private int perMinute;

  @Option(
      names = "--connections-per-peer",
      paramLabel = "N",
      defaultValue = "0",
      description = "at a time (default: 16 of a staked key, 8 of another address)")
  private int perPeer;

  @Option(names = "--v1", description = "take transactions of version 1, up to 4096 bytes")
  private boolean versionOne;

  @Option(names = "--json", description = "print JSON lines")
  private boolean json;

  @Mixin private final IdentityOption identity = new IdentityOption();
  @Mixin private final BackendOptions backend = new BackendOptions();

  TpuServeCommand() {}

  @Override
  public Integer call() throws UserException {
    Endpoint local = bind();
    Keypair keypair = identity.keypair();
    Stakes stakes = stakes();
    Selection selection = backend.selection(local, EngineOptions.DEFAULT);
    try (PortLoops loops = PortLoops.start("tpu-serve", 1, () -> PacketEngines.open(selection));
        TpuServer server =
            TpuServer.start(
                loops,
                local.toSocketAddress(),
                1,
                keypair,
                limits(),
                stakes,
                (_, _) -> {
                  // Counted by the server.
                })) {
      serve(server, keypair);
    } catch (PortException | IllegalStateException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private Endpoint bind() throws UserException {
    try {
      return Endpoint.parse(bind);
    } catch (IllegalArgumentException e) {
      throw new UserException("--bind: " + e.getMessage(), e);
    }
  }

  private Stakes stakes() throws UserException {
    try {
      return stakesFile == null ? Stakes.NONE : StakesFile.read(stakesFile);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("--stakes " + stakesFile + ": " + e.getMessage(), e);
    }
  }

  private ServerLimits limits() throws UserException {
    if (perMinute < 1 || perPeer < 0 || seconds < 0) {
      throw new UserException(
          "--connections-per-minute is at least 1; --connections-per-peer and --seconds are not"
              + " negative");
    }
    ServerLimits limits =
        ServerLimits.DEFAULT
            .withTransactionBytes(versionOne ? VERSION_ONE_BYTES : TRANSACTION_BYTES)
            .withNewConnections(perMinute, ServerLimits.DEFAULT.newPerSecond());
    return perPeer == 0 ? limits : limits.withConnectionsOfOne(perPeer, perPeer);
  }

  private void serve(TpuServer server, Keypair keypair) {
    PrintWriter out = spec.commandLine().getOut();
    StopSignal stop = StopSignal.install(() -> {});
    var report = new ServeReport(server, keypair.publicKey());
    out.println(json ? report.startJson() : report.start());
    out.flush();
    long beganNs = System.nanoTime();
    long endNs = beganNs + TimeUnit.SECONDS.toNanos(seconds);
    long nextNs = beganNs + TimeUnit.SECONDS.toNanos(1);
    while (!stop.isRequested() && (seconds == 0 || System.nanoTime() < endNs)) {
      LockSupport.parkNanos(LOOK_NS);
      if (System.nanoTime() >= nextNs) {
        nextNs += TimeUnit.SECONDS.toNanos(1);
        report.second(json).ifPresent(out::println);
        out.flush();
      }
    }
    out.println(json ? report.endJson() : report.end());
    out.flush();
    stop.finished();
  }
}
