package org.vexor.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `vexor vote`: what belongs to voting.
@Command(
    name = "vote",
    description = "Votes of a vote account.",
    subcommands = VoteSendCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class VoteCommand implements Runnable {
  @Spec private CommandSpec spec;

  VoteCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
