package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.vexor.gossip.bootstrap.IpEchoServer;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.GossipListener;
import org.vexor.gossip.node.GossipOptions;
import org.vexor.gossip.service.GossipService;
import org.vexor.node.run.StopSignal;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.select.PacketEngines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor gossip serve`: an entrypoint, by which others join.
@Command(
    name = "serve",
    description = {
      "Run an entrypoint: gossip by UDP, and the IP echo by TCP on the same port number.",
      "Runs until Ctrl-C or SIGTERM, or for --seconds; then prints what it counted.",
      ""
    },
    mixinStandardHelpOptions = true)
final class GossipServeCommand implements Callable<Integer> {
  private static final long LOOK_NS = 100_000_000;

  @Option(
      names = "--bind",
      paramLabel = "ADDR:PORT",
      required = true,
      description = "an address that others reach; not 0.0.0.0")
  private String bind = "";

  @Option(
      names = "--shred-version",
      paramLabel = "V",
      required = true,
      description = "of the cluster, 1 to 65535")
  private int shredVersion;

  @Option(
      names = "--entrypoint",
      paramLabel = "HOST:PORT",
      description = "other entrypoints of the cluster; may be given more than once")
  private List<String> entrypoints = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "how long to run (default: until it is stopped)")
  private int seconds;

  @Mixin private GossipNodeOptions nodeOptions = new GossipNodeOptions();

  @Spec private CommandSpec spec;

  GossipServeCommand() {}

  @Override
  public Integer call() throws UserException {
    if (shredVersion < 1 || shredVersion > 0xffff) {
      throw new UserException("--shred-version " + shredVersion + " is not between 1 and 65535");
    }
    Endpoint local = GossipNodeOptions.endpoint("--bind", bind);
    if (local.isAnyLocal()) {
      throw new UserException("--bind " + bind + ": give the address that others reach");
    }
    var options =
        GossipOptions.of(
            shredVersion,
            Map.of(SocketKey.GOSSIP, local),
            TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
            GossipNodeOptions.entrypoints(entrypoints));
    try (GossipService service =
            GossipService.start(
                PacketEngines.local(EngineOptions.DEFAULT),
                PortOptions.bind(local),
                nodeOptions.keypair(),
                options,
                GossipListener.NONE,
                nodeOptions.contactFile());
        IpEchoServer echo =
            IpEchoServer.start(service.node().port().localEndpoint(), shredVersion)) {
      serve(service.node().port().localEndpoint(), echo, service);
    } catch (PortException | IOException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private void serve(Endpoint local, IpEchoServer echo, GossipService service) {
    PrintWriter out = spec.commandLine().getOut();
    StopSignal stop = StopSignal.install(() -> {});
    out.println("gossip and IP echo on " + local + ", shred version " + shredVersion);
    out.flush();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int printed = 0;
    while (service.isRunning()
        && !stop.isRequested()
        && (seconds == 0 || System.nanoTime() < endNs)) {
      int peers = service.node().contacts().size();
      if (peers != printed) {
        out.println("gossip: " + peers + " peers");
        out.flush();
        printed = peers;
      }
      LockSupport.parkNanos(LOOK_NS);
    }
    out.println("IP echo answered " + echo.answered() + ", refused " + echo.refused());
    out.println("gossip " + service.node().counters().all());
    out.flush();
    stop.finished();
  }
}
