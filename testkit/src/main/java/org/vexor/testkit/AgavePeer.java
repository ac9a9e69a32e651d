package org.vexor.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// One of the programs around Agave's own crates, as a process. It prints JSON lines.
public final class AgavePeer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private AgavePeer(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  /// Starts it; the test is skipped where the programs are not built.
  public static AgavePeer start(String program, String... arguments) throws IOException {
    Path file = Path.of(System.getProperty("vexor.peers", "/nowhere"), program);
    Assumptions.assumeTrue(
        Files.isExecutable(file),
        () ->
            program + " is not in the folder that -Dvexor.peers=DIR names; built from peers/agave");
    var command = new ArrayList<String>();
    command.add(file.toString());
    command.addAll(List.of(arguments));
    return new AgavePeer(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  private void read() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // Also how it ends when the test closes the peer.
      lines.add("unreadable: " + e);
    }
  }

  /// The next line that holds `text`.
  public String await(String text) throws InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      String line = lines.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new AssertionError("the peer did not print " + text);
      }
      if (line.contains(text)) {
        return line;
      }
    }
  }

  /// The text of a field of a JSON line.
  public static String field(String line, String name) {
    int start = line.indexOf("\"" + name + "\":") + name.length() + 3;
    String rest = line.substring(start).replaceFirst("[,}].*", "");
    return rest.replace("\"", "").strip();
  }

  /// Ends it without a chance to say goodbye, and returns when it is gone.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
