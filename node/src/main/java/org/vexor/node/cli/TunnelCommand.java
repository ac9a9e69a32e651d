package org.vexor.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `vexor tunnel`: ports on this host that lead through a proxy.
@Command(
    name = "tunnel",
    description = "Lead local programs through a MASQUE proxy.",
    subcommands = {TunnelUdpCommand.class, TunnelSocksCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class TunnelCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "tunnel: no command given");
  }
}
