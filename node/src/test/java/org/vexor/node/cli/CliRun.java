package org.vexor.node.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// One command run in this process: what the shell would have seen of it.
record CliRun(int exitCode, String out, String err) {
  static CliRun of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        VexorCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new CliRun(exitCode, out.toString(), err.toString());
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
