package org.vexor.node.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.node.config.ConfigException;
import org.vexor.node.doctor.DiagnosisText;
import org.vexor.node.doctor.ProxyDiagnosisJson;
import org.vexor.node.doctor.ProxyDiagnosisText;
import org.vexor.node.json.DiagnosisJson;
import org.vexor.node.masque.doctor.ProxyDiagnosis;
import org.vexor.node.masque.doctor.ProxyDoctor;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;
import org.vexor.packet.doctor.Diagnosis;
import org.vexor.packet.doctor.Doctor;
import org.vexor.packet.doctor.FixScript;
import org.vexor.packet.probe.Surroundings;
import org.vexor.packet.select.Selection;
import org.vexor.turbine.tvu.TvuReceiver;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor doctor`: what stands between this host and the best backend, and what mends it.
@Command(
    name = "doctor",
    description = {
      "Tell what this host, this user and the interfaces allow, what that means, and the exact"
          + " command that mends it; then which backend 'vexor run' would choose now, and why."
          + " Examines all interfaces that are up, or the one that is named. Changes nothing, needs"
          + " no privilege.",
      "With --proxy instead: walk through every step to a MASQUE proxy and through it, over each HTTP"
          + " version (name, UDP, handshake, SETTINGS, tunnel, echo, path MTU), and tell which fails"
          + " and what mends it.",
      ""
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 the best (the backend AF_XDP; with --proxy, the best HTTP version allowed) would"
          + " be used, 1 something better can be had (the output says how), 2 the command line is"
          + " wrong."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int SOMETHING_BETTER = 1;

  @Mixin private BackendOptions backendOptions = new BackendOptions();

  @Option(
      names = "--tvu-bind",
      paramLabel = "ADDR:PORT",
      defaultValue = "0.0.0.0:9004",
      description = "choose for a port bound there (default ${DEFAULT-VALUE})")
  private String tvuBind = "";

  /// How it is printed.
  static final class Form {
    @Option(names = "--json", description = "print one JSON object, for programs")
    private boolean json;

    @Option(
        names = "--fix-script",
        description =
            "print a POSIX shell script for root with the remedies, each with its finding and how"
                + " to undo it; what may interrupt traffic is commented out")
    private boolean fixScript;
  }

  @ArgGroup(exclusive = true)
  private Form form = new Form();

  /// The proxy to examine instead.
  static final class ProxyQuestion {
    @ArgGroup(exclusive = false, multiplicity = "1")
    private ProxyAccessOptions access = new ProxyAccessOptions();

    @Option(
        names = "--echo",
        paramLabel = "HOST:PORT",
        description =
            "something behind the proxy that sends back what it gets (default: ask for a tunnel to"
                + " an address that nobody has)")
    private @Nullable String echo;
  }

  @ArgGroup(exclusive = false, heading = "%nA MASQUE proxy instead of this host:%n")
  private @Nullable ProxyQuestion proxy;

  @Spec private CommandSpec spec;

  DoctorCommand() {}

  @Override
  public Integer call() throws UserException, InterruptedException {
    if (proxy != null) {
      return examine(proxy);
    }
    String system = System.getProperty("os.name", "unknown");
    if (!system.equals("Linux")) {
      throw new UserException(
          "doctor examines Linux; on " + system + " packets go by the JDK's own sockets");
    }
    Diagnosis diagnosis = new Doctor(Surroundings.here()).examine(selection());
    PrintWriter out = spec.commandLine().getOut();
    if (form.json) {
      out.println(DiagnosisJson.of(diagnosis).toPrettyString());
    } else if (form.fixScript) {
      out.print(FixScript.of(diagnosis));
    } else {
      DiagnosisText.print(out, diagnosis);
    }
    out.flush();
    return diagnosis.isBest() ? 0 : SOMETHING_BETTER;
  }

  private int examine(ProxyQuestion question) throws UserException, InterruptedException {
    if (form.fixScript) {
      throw new UserException("--fix-script is about this host: leave it out with --proxy");
    }
    ProxyDiagnosis diagnosis;
    try {
      Optional<UdpTarget> echo = Optional.ofNullable(question.echo).map(UdpTarget::of);
      diagnosis = ProxyDoctor.examine(question.access.access().options(), echo);
    } catch (ConfigException | PortException | IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (form.json) {
      out.println(ProxyDiagnosisJson.of(diagnosis).toPrettyString());
    } else {
      ProxyDiagnosisText.print(out, diagnosis);
    }
    out.flush();
    return diagnosis.isBest() ? 0 : SOMETHING_BETTER;
  }

  /// What `vexor run` would ask for with the same options.
  private Selection selection() throws UserException {
    try {
      return backendOptions.selection(
          Endpoint.parse(tvuBind), TvuReceiver.engineOptions(new ThreadOptions().threading()));
    } catch (IllegalArgumentException e) {
      throw new UserException("--tvu-bind: " + e.getMessage(), e);
    }
  }
}
