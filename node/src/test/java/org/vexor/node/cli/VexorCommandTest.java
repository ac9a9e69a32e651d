package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class VexorCommandTest {
  @Test
  void helpNamesEveryCommand() {
    CliRun help = CliRun.of("--help");
    assertEquals(0, help.exitCode());
    for (String command : VexorCommand.commandLine().getSubcommands().keySet()) {
      assertTrue(help.out().contains("\n  " + command), command);
    }
  }

  @Test
  void versionComesFromTheBuild() {
    CliRun version = CliRun.of("version");
    assertEquals(0, version.exitCode());
    assertTrue(version.out().matches("(?s)vexor \\d+\\.\\d+\\.\\d+.*java 2[5-9].*"), version.out());
    assertEquals(version.out(), CliRun.of("--version").out());
  }

  @Test
  void aWrongCommandLineIsOneLineWithAHint() {
    for (String[] wrong : new String[][] {{}, {"--nope"}, {"nope"}, {"version", "more"}}) {
      CliRun run = CliRun.of(wrong);
      assertEquals(2, run.exitCode(), run.err());
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().contains("--help"), run.err());
      assertEquals("", run.out());
    }
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheNearestOne() {
    assertTrue(CliRun.of("versoin").err().contains("did you mean version"));
  }

  @Test
  void anUnexpectedFailureIsOneLineThatSaysWhereItsDetailsAre() throws Exception {
    var err = new StringWriter();
    CommandLine command = VexorCommand.commandLine().setErr(new PrintWriter(err, true));
    int exitCode =
        new ExecutionErrors()
            .handleExecutionException(
                new IllegalStateException("ring full\nat index 7"),
                command,
                command.parseArgs("version"));
    assertEquals(1, exitCode);
    String line = err.toString().strip();
    assertEquals(1, line.lines().count(), line);
    Path details = Path.of(line.substring(line.lastIndexOf(" in ") + 4));
    try {
      assertTrue(Files.readString(details).contains("at index 7"));
    } finally {
      Files.delete(details);
    }
  }
}
