package org.vexor.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the small administration programs of the lab (`ip`, `ethtool`, `sysctl`).
final class Shell {
  /// Enough for `ip` on a busy machine; one that takes longer hangs.
  private static final long LIMIT_SECONDS = 30;

  private Shell() {}

  /// The output of a command that must succeed.
  static String run(String... command) {
    Outcome outcome = attempt(command);
    if (outcome.status != 0) {
      throw new IllegalStateException(
          List.of(command) + " ended with " + outcome.status + ": " + outcome.output.strip());
    }
    return outcome.output;
  }

  /// Runs a command that may fail.
  static Outcome attempt(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            List.of(command) + " took over " + LIMIT_SECONDS + " s; it said: " + output);
      }
      return new Outcome(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + List.of(command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + List.of(command), e);
    }
  }

  record Outcome(int status, String output) {}
}
