package org.vexor.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// `vexor` as a process of its own, with the classes of this build; what it prints is kept by line.
/// Closing it ends it in every case.
public final class VexorProcess implements AutoCloseable {
  /// A JVM on a busy machine of two cores takes some seconds to start.
  private static final long PATIENCE_NS = 60_000_000_000L;

  /// Between two looks: the machine has better to do.
  private static final long LOOK_NS = 20_000_000L;

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  private VexorProcess(Process process) {
    this.process = process;
    readers = List.of(read(process.getInputStream(), out), read(process.getErrorStream(), err));
  }

  /// Starts it.
  public static VexorProcess start(String... arguments) throws IOException {
    return startBehind(List.of(), arguments);
  }

  /// Starts it by a program that becomes it, as `ip netns exec NAME`.
  public static VexorProcess startBehind(List<String> prefix, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.vexor.node.Main"));
    command.addAll(List.of(arguments));
    return new VexorProcess(new ProcessBuilder(command).start());
  }

  private static Thread read(InputStream from, List<String> into) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try (var lines =
                  new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                lines.lines().forEach(into::add);
              } catch (UncheckedIOException | IOException e) {
                into.add("(output ended: " + e.getMessage() + ")");
              }
            });
  }

  /// Lines on standard output so far.
  public List<String> out() {
    return out;
  }

  /// Lines on standard error so far.
  public List<String> err() {
    return err;
  }

  public long pid() {
    return process.pid();
  }

  /// Waits for a line on standard error, and gives it.
  public String awaitErr(Predicate<String> line) {
    await(() -> err.stream().anyMatch(line) || !process.isAlive());
    return err.stream()
        .filter(line)
        .findFirst()
        .orElseThrow(() -> new AssertionError("it ended without that line: " + err));
  }

  /// Waits for anything.
  public void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited too long; it said " + out + err);
      }
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  /// Asks it to end by SIGTERM and waits until all it says was read.
  ///
  /// @return its exit code
  public int terminate() throws InterruptedException {
    process.toHandle().destroy(); // unlike Process.destroy it leaves the output open
    return awaitEnd();
  }

  /// Waits for its end.
  ///
  /// @return its exit code
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_NS, TimeUnit.NANOSECONDS)) {
      throw new AssertionError("it does not end; it said " + out + err);
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
