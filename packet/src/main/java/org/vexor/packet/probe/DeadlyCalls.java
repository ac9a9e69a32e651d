package org.vexor.packet.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.vexor.linux.Syscall;

/// System calls for which the seccomp filter of this process kills it instead of answering, as
/// `SystemCallFilter=` of a systemd unit does without `SystemCallErrorNumber=`.
///
/// Nothing in the process itself can tell, so with a filter in force a child process makes the
/// calls, with arguments that do nothing; the one that it dies of is left out next time. Costs a
/// fraction of a second, once.
final class DeadlyCalls {
  private static final DeadlyCalls NONE = new DeadlyCalls(Set.of());
  private static final long PATIENCE_SECONDS = 5;

  private final Set<Syscall> calls;

  private DeadlyCalls(Set<Syscall> calls) {
    this.calls = calls;
  }

  /// A filter stays for the life of the process, so what was found out does too.
  private static final class Here {
    static final DeadlyCalls FOUND = find();
  }

  static DeadlyCalls of(Privileges privileges) {
    return privileges.isFiltered() ? Here.FOUND : NONE;
  }

  /// The obstacle that the first deadly one of these calls is.
  Optional<Probe.Unsupported> among(Privileges privileges, Syscall... wanted) {
    for (Syscall call : wanted) {
      if (calls.contains(call)) {
        String name = call.kernelName();
        return Optional.of(
            new Probe.Unsupported(
                Cause.SECCOMP,
                "a seccomp filter kills the process for " + name + "() (SIGSYS)",
                Refusals.allow(name, privileges)));
      }
    }
    return Optional.empty();
  }

  private static DeadlyCalls find() {
    Set<Syscall> deadly = EnumSet.noneOf(Syscall.class);
    List<Syscall> rest = new ArrayList<>(CallTrial.CALLS);
    while (!rest.isEmpty()) {
      Optional<Syscall> last = diedOf(rest);
      if (last.isEmpty()) {
        return new DeadlyCalls(deadly);
      }
      deadly.add(last.get());
      rest.subList(0, rest.indexOf(last.get()) + 1).clear();
    }
    return new DeadlyCalls(deadly);
  }

  /// The call that a child died of; empty when it lived, or could not be asked.
  private static Optional<Syscall> diedOf(List<Syscall> calls) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path", ""),
                CallTrial.class.getName()));
    calls.forEach(call -> command.add(call.name()));
    try {
      Process child =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      child.getOutputStream().close();
      if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
        return Optional.empty();
      }
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      List<String> lines = said.lines().toList();
      return lines.isEmpty() || lines.getLast().equals(CallTrial.ALIVE)
          ? Optional.empty()
          : Optional.of(Syscall.valueOf(lines.getLast()));
    } catch (IOException | IllegalArgumentException e) {
      // No child to be had: the calls are then made as if there were nothing to fear.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
