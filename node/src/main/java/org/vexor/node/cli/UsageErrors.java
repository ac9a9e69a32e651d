package org.vexor.node.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// A wrong command line costs one line and a hint, never a page of help.
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    String message = firstLine(String.valueOf(error.getMessage()));
    err.println(
        "vexor: "
            + message
            + nearest(error)
            + "; see '"
            + name(command)
            + " --help' for what it takes");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static String nearest(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        return " (did you mean "
            + suggestions.stream().limit(3).collect(Collectors.joining(" or "))
            + "?)";
      }
    }
    return "";
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
