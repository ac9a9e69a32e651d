package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `vexor version`: which program, on which JVM and system.
@Command(
    name = "version",
    description = "Print the version of the program, the JVM and the system.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (String line : new BuildVersion().getVersion()) {
      out.println(line);
    }
    return 0;
  }
}
