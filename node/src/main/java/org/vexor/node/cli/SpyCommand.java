package org.vexor.node.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.vexor.gossip.bootstrap.Bootstrap;
import org.vexor.gossip.crds.IpAddress;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.GossipListener;
import org.vexor.gossip.node.GossipOptions;
import org.vexor.gossip.service.GossipService;
import org.vexor.node.spy.ContactCsv;
import org.vexor.node.spy.ContactJson;
import org.vexor.node.spy.ContactRow;
import org.vexor.node.spy.ContactTable;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.select.PacketEngines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `vexor spy`: joins a cluster's gossip for a while and lists who is there.
@Command(
    name = "spy",
    description = {
      "List the nodes of a cluster: join its gossip for a while, then print who is there.",
      "The shred version is asked of the entrypoints, which must agree.",
      ""
    },
    mixinStandardHelpOptions = true)
final class SpyCommand implements Callable<Integer> {
  private static final int ECHO_TIMEOUT_MS = 3_000;
  private static final int WATCHED_ROWS = 30;
  private static final int UNKNOWN = -1;

  @Option(
      names = "--entrypoint",
      paramLabel = "HOST:PORT",
      required = true,
      description = "a node of the cluster, by its gossip address; may be given more than once")
  private List<String> entrypoints = List.of();

  @Option(
      names = "--shred-version",
      paramLabel = "V",
      defaultValue = "-1",
      description = "of the cluster (default: what the entrypoints say)")
  private int shredVersion;

  @Option(
      names = "--bind",
      paramLabel = "ADDR:PORT",
      defaultValue = "0.0.0.0:0",
      description = "our gossip port, which others must reach (default: any that is free)")
  private String bind = "";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "how long to listen before the list is printed (default ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--until",
      paramLabel = "N",
      defaultValue = "0",
      description = "stop listening once N nodes are known")
  private int until;

  @Option(names = "--watch", description = "print the list every second meanwhile")
  private boolean watch;

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Option(names = "--csv", description = "print CSV")
  private boolean csv;

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "only nodes with TEXT in identity, version, client or addresses")
  private String filter = "";

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      defaultValue = "IDENTITY",
      description = "by ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
  private ContactRow.Order order = ContactRow.Order.IDENTITY;

  @Mixin private GossipNodeOptions nodeOptions = new GossipNodeOptions();

  @Spec private CommandSpec spec;

  SpyCommand() {}

  @Override
  public Integer call() throws UserException {
    if (json && csv) {
      throw new ParameterException(spec.commandLine(), "--json and --csv: give one of them");
    }
    if (seconds < 1) {
      throw new UserException("--seconds " + seconds + " is out of range: give 1 or more");
    }
    List<Endpoint> asked = GossipNodeOptions.entrypoints(entrypoints);
    OptionalInt wanted =
        shredVersion == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(shredVersion);
    switch (Bootstrap.learn(asked, wanted, ECHO_TIMEOUT_MS)) {
      case Bootstrap.Outcome.Unanswered unanswered -> throw new UserException(unanswered.why());
      case Bootstrap.Outcome.Failed failed -> throw new UserException(failed.why());
      case Bootstrap.Outcome.Learned learned -> spy(asked, learned);
    }
    return 0;
  }

  private void spy(List<Endpoint> asked, Bootstrap.Outcome.Learned learned) throws UserException {
    Endpoint local = GossipNodeOptions.endpoint("--bind", bind);
    Endpoint seen = seen(local, learned.address());
    var options =
        GossipOptions.of(
            learned.shredVersion(),
            Map.of(SocketKey.GOSSIP, seen),
            TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
            asked);
    try (GossipService service =
        GossipService.start(
            PacketEngines.local(EngineOptions.DEFAULT),
            PortOptions.bind(local),
            nodeOptions.keypair(),
            options,
            GossipListener.NONE,
            nodeOptions.contactFile())) {
      listen(service);
      print(service, learned.shredVersion());
    } catch (PortException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Where others reach us: what we bind, or as the entrypoints see us when that is any address.
  private static Endpoint seen(Endpoint local, IpAddress address) {
    return local.isAnyLocal() ? address.withPort(local.port()) : local;
  }

  private void listen(GossipService service) {
    PrintWriter messages = spec.commandLine().getErr();
    var never = new CountDownLatch(1);
    try {
      for (int second = 1; second <= seconds && service.isRunning(); second++) {
        boolean isEnough = until > 0 && service.node().contacts().size() >= until;
        if (isEnough || never.await(1, TimeUnit.SECONDS)) {
          return;
        }
        if (watch) {
          messages.print("\u001b[H\u001b[J"); // home, erase to the end of the screen
          ContactTable.print(rows(service), WATCHED_ROWS, messages);
          messages.println(second + " s of " + seconds + "; Ctrl-C ends");
          messages.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<ContactRow> rows(GossipService service) {
    return ContactRow.of(service.node().contacts(), filter, order, System.currentTimeMillis());
  }

  private void print(GossipService service, int version) {
    PrintWriter out = spec.commandLine().getOut();
    List<ContactRow> rows = rows(service);
    if (json) {
      out.println(ContactJson.of(version, rows));
    } else if (csv) {
      ContactCsv.print(rows, out);
    } else {
      ContactTable.print(rows, Integer.MAX_VALUE, out);
    }
    out.flush();
  }
}
