package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// What a command could not do, in one line. A [UserException] speaks for itself; anything else is
/// a fault of ours, whose details go to a file that the line names.
final class ExecutionErrors implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception error, CommandLine command, ParseResult parseResult) {
    PrintWriter err = command.getErr();
    if (error instanceof UserException) {
      err.println("vexor: " + error.getMessage());
      err.flush();
      return CommandLine.ExitCode.USAGE;
    }
    err.println("vexor: unexpected failure: " + summary(error) + "; details " + keepDetails(error));
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String summary(Exception error) {
    return String.valueOf(error).lines().findFirst().orElse("");
  }

  private static String keepDetails(Exception error) {
    try {
      Path file = Files.createTempFile("vexor-failure-", ".txt");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        error.printStackTrace(out);
      }
      return "in " + file;
    } catch (IOException unwritable) {
      return "could not be written: " + unwritable.getMessage();
    }
  }
}
