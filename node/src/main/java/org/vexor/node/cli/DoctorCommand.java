package org.vexor.node.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.vexor.node.doctor.DiagnosisText;
import org.vexor.node.json.DiagnosisJson;
import org.vexor.packet.Endpoint;
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
      ""
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 the best backend (AF_XDP) would be used, 1 something better can be had (the"
          + " output says how), 2 the command line is wrong."
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

  @Spec private CommandSpec spec;

  DoctorCommand() {}

  @Override
  public Integer call() throws UserException {
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
