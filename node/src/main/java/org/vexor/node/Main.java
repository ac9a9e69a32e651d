package org.vexor.node;

import org.vexor.node.cli.VexorCommand;

/// Entry point of the program. Everything it can do is listed by `vexor --help`.
public final class Main {
  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] arguments) {
    System.exit(VexorCommand.commandLine().execute(arguments));
  }
}
