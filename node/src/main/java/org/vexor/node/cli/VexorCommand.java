package org.vexor.node.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The root of the command tree.
@Command(
    name = "vexor",
    description = {
      "The network plane of a Solana node: shreds come in by UDP, complete and verified blocks go"
          + " out. Each command below explains itself with --help.",
      ""
    },
    subcommands = {
      LocalnetCommand.class,
      RunCommand.class,
      SpyCommand.class,
      GossipCommand.class,
      ProxyCommand.class,
      TpuCommand.class,
      TunnelCommand.class,
      TransferCommand.class,
      SendCommand.class,
      VoteCommand.class,
      StatusCommand.class,
      DoctorCommand.class,
      ShredsCommand.class,
      KeygenCommand.class,
      VersionCommand.class
    },
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done, 1 a failure of the program itself, 2 something for you to mend (one line"
          + " on stderr says what)."
    })
public final class VexorCommand implements Runnable {
  /// Set by picocli before [#run].
  @Spec private CommandSpec spec;

  VexorCommand() {}

  /// The command line of the program, with its error handling; the caller executes it and ends the
  /// process with the returned code. A new one for each use: picocli's model is not thread-safe.
  public static CommandLine commandLine() {
    return new CommandLine(new VexorCommand())
        .setUsageHelpAutoWidth(true)
        .setUsageHelpLongOptionsMaxWidth(28)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new ExecutionErrors());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
