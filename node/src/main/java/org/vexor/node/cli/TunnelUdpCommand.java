package org.vexor.node.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vexor.masque.front.FrontLimits;
import org.vexor.masque.front.UdpFront;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.node.masque.ClientRun;
import org.vexor.packet.Endpoint;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor tunnel udp`: local UDP ports, each for a target behind the proxy.
@Command(
    name = "udp",
    description = {
      "Open local UDP ports that each stand for a target behind a proxy: what is sent to such a port"
          + " goes there by CONNECT-UDP, and the answers come back.",
      "Each local program gets a tunnel of its own. Give --target and --listen in pairs, as many as"
          + " you like. Tunnels come back by themselves when the proxy does.",
      ""
    },
    mixinStandardHelpOptions = true)
final class TunnelUdpCommand implements Callable<Integer> {
  /// One port.
  static final class Pair {
    @Option(
        names = "--target",
        paramLabel = "HOST:PORT",
        required = true,
        description = "where to, as the proxy sees it; names are looked up there")
    private String target = "";

    @Option(
        names = "--listen",
        paramLabel = "ADDR:PORT",
        required = true,
        description = "local port for it")
    private String listen = "";
  }

  @ArgGroup(exclusive = false, multiplicity = "1..*")
  private List<Pair> pairs = new ArrayList<>();

  @Option(
      names = "--tunnels",
      paramLabel = "N",
      defaultValue = "1024",
      description =
          "local programs with a tunnel, for each port at most (default ${DEFAULT-VALUE})")
  private int tunnels;

  @Mixin private TunnelSession session = new TunnelSession();

  @Spec private CommandSpec spec;

  TunnelUdpCommand() {}

  private record Port(UdpTarget target, Endpoint listen) {}

  @Override
  public Integer call() throws UserException {
    if (tunnels < 1) {
      throw new UserException("--tunnels " + tunnels + " is not positive");
    }
    var ports = new ArrayList<Port>();
    for (Pair pair : pairs) {
      try {
        ports.add(new Port(UdpTarget.of(pair.target), Endpoint.parse(pair.listen)));
      } catch (IllegalArgumentException e) {
        throw new UserException(String.valueOf(e.getMessage()), e);
      }
    }
    FrontLimits limits = FrontLimits.DEFAULT.withTunnels(tunnels);
    return session.run(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        (run, told) -> new UdpFronts(run, told, ports, limits));
  }

  private static final class UdpFronts implements TunnelSession.Fronts {
    private final List<UdpFront> fronts = new ArrayList<>();

    private UdpFronts(ClientRun run, TunnelSession told, List<Port> ports, FrontLimits limits) {
      try {
        for (Port port : ports) {
          UdpFront front =
              UdpFront.start(
                  run.transport(),
                  run.client(),
                  port.target(),
                  port.listen().toSocketAddress(),
                  limits,
                  told::tunnel);
          fronts.add(front);
          told.listening(Endpoint.of(front.address()).toString(), "to " + port.target());
        }
      } catch (IllegalStateException e) {
        close();
        throw e;
      }
    }

    @Override
    public Map<String, Number> figures() {
      var sums = new LinkedHashMap<String, Number>();
      for (UdpFront front : fronts) {
        front
            .counters()
            .figures()
            .forEach(
                (name, value) -> sums.merge(name, value, (a, b) -> a.longValue() + b.longValue()));
      }
      return sums;
    }

    @Override
    public void close() {
      fronts.forEach(UdpFront::close);
    }
  }
}
