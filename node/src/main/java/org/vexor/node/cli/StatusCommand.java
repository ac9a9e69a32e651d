package org.vexor.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vexor.node.status.StatusClient;
import org.vexor.node.status.StatusException;
import org.vexor.node.status.StatusTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor status`: asks a running node how its parts are.
@Command(
    name = "status",
    description = {
      "Ask a node that 'vexor run' started, as the same user, how it is: for each component its"
          + " state (ready, degraded, off), what it measured, why, and what you have to do.",
      ""
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Option(names = "--json", description = "one JSON object, with all that the node knows")
  private boolean json;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "the node's socket (default: the one node of this user that runs)")
  private @Nullable Path socket;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UserException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      JsonNode status = StatusClient.ask(socket == null ? StatusClient.find() : socket);
      out.print(json ? status.toString() + System.lineSeparator() : StatusTable.of(status));
      out.flush();
      return 0;
    } catch (StatusException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }
}
