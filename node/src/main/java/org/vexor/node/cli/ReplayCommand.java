package org.vexor.node.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.vexor.node.replay.PacedSender;
import org.vexor.node.replay.ReplayPlan;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.channel.ChannelEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `vexor shreds replay`: a capture, sent again by UDP.
@Command(
    name = "replay",
    description = "Send the datagrams of a capture by UDP, evenly paced.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  /// Well below what a receiver with a default socket buffer takes without loss.
  private static final String DEFAULT_RATE = "10000";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "Capture to send.")
  private Path file;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where to send it, such as 127.0.0.1:9004.")
  private String to;

  @Option(
      names = "--rate",
      paramLabel = "PPS",
      defaultValue = DEFAULT_RATE,
      description = "Datagrams a second; 0 for no limit. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--loss",
      paramLabel = "P",
      defaultValue = "0",
      description = "Probability in 0..1 that a datagram is not sent. Default: ${DEFAULT-VALUE}.")
  private double loss;

  @Option(names = "--shuffle", description = "Send in random order.")
  private boolean shuffle;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of loss and order; the same gives the same. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws UserException {
    if (rate < 0) {
      throw wrong("--rate is " + rate + "; it is 0 or more");
    }
    if (!(loss >= 0 && loss <= 1)) {
      throw wrong("--loss is " + loss + "; it lies between 0 and 1");
    }
    Endpoint destination = destination();
    var datagrams = CaptureFiles.read(file).datagrams();
    ReplayPlan plan = ReplayPlan.draw(datagrams, loss, shuffle, seed);
    long start = System.nanoTime();
    TrafficCounters counters = send(plan, destination);
    double seconds = (System.nanoTime() - start) / 1e9;

    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "sent %d of %d datagrams to %s in %.2f s; lost by injection %d (seed %d)%n",
        counters.sent(), datagrams.size(), destination, seconds, plan.lost(), seed);
    counters.drops().forEach((reason, count) -> out.printf("dropped %s %d%n", reason, count));
    long unsent = plan.datagrams().size() - counters.sent();
    if (unsent > 0) {
      throw new UserException(unsent + " datagrams could not be sent to " + destination);
    }
    return 0;
  }

  private Endpoint destination() {
    Endpoint destination;
    try {
      destination = Endpoint.parse(to);
    } catch (IllegalArgumentException e) {
      throw wrong("--to: " + e.getMessage());
    }
    if (destination.port() == 0) {
      throw wrong("--to " + to + " has port 0; give the port that the receiver listens on");
    }
    return destination;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private TrafficCounters send(ReplayPlan plan, Endpoint destination) throws UserException {
    try (PacketEngine engine =
        new ChannelEngine(
            EngineOptions.DEFAULT
                .withMaxPayloadBytes(EngineOptions.MAX_UDP_PAYLOAD_BYTES)
                .withFrames(2, 64))) {
      PacketPort port =
          engine.open(PortOptions.bind(destination.anyLocal()), (from, datagram) -> {});
      new PacedSender(engine, port, System::nanoTime, LockSupport::parkNanos)
          .send(plan.datagrams(), destination, rate);
      return port.counters();
    } catch (PortException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }
}
