package org.vexor.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `vexor tpu`: transaction ports, without a node around them.
@Command(
    name = "tpu",
    description = "Send to transaction ports by QUIC, or be one.",
    subcommands = {TpuSendCommand.class, TpuServeCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class TpuCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "tpu: no command given");
  }
}
