package org.vexor.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `vexor shreds`: captured shreds, read or sent again.
@Command(
    name = "shreds",
    description = "Read captured shreds, or send them again.",
    subcommands = {DecodeCommand.class, ReplayCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class ShredsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "shreds: no command given");
  }
}
