package org.vexor.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `vexor gossip`: gossip without a node around it.
@Command(
    name = "gossip",
    description = "Take part in a cluster's gossip and nothing else.",
    subcommands = {GossipServeCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class GossipCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "gossip: no command given");
  }
}
