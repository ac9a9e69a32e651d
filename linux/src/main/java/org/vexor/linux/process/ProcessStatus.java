package org.vexor.linux.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// What this process may do, as /proc/self/status tells.
///
/// @param effective mask of the capabilities in force; test with [Capability#in]
/// @param permitted mask of those it could put in force
/// @param ambient mask of those that programs it starts inherit
/// @param bounding mask of those that no program it starts can go beyond, whatever its file gives
/// @param seccomp what the seccomp filter is
/// @param noNewPrivileges whether file capabilities and setuid are ignored on exec
public record ProcessStatus(
    long effective,
    long permitted,
    long ambient,
    long bounding,
    Seccomp seccomp,
    boolean noNewPrivileges) {

  /// The state of seccomp: a filter may answer EPERM or ENOSYS to calls the kernel has.
  public enum Seccomp {
    OFF,
    STRICT,
    FILTER,
    UNKNOWN
  }

  private static final Path STATUS = Path.of("/proc/self/status");

  /// Reads it for the main thread of this process.
  ///
  /// @throws UncheckedIOException without /proc
  public static ProcessStatus read() {
    try {
      return parse(Files.readAllLines(STATUS));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STATUS + ": mount /proc", e);
    }
  }

  /// Reads the lines of such a file; a line that is missing counts as no capability.
  public static ProcessStatus parse(List<String> lines) {
    return new ProcessStatus(
        mask(lines, "CapEff:"),
        mask(lines, "CapPrm:"),
        mask(lines, "CapAmb:"),
        mask(lines, "CapBnd:"),
        switch (field(lines, "Seccomp:")) {
          case "0" -> Seccomp.OFF;
          case "1" -> Seccomp.STRICT;
          case "2" -> Seccomp.FILTER;
          default -> Seccomp.UNKNOWN;
        },
        field(lines, "NoNewPrivs:").equals("1"));
  }

  /// Whether the capability is in force.
  public boolean has(Capability capability) {
    return capability.in(effective);
  }

  private static long mask(List<String> lines, String name) {
    String hex = field(lines, name);
    return hex.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(hex);
  }

  private static String field(List<String> lines, String name) {
    for (String line : lines) {
      if (line.startsWith(name)) {
        return line.substring(name.length()).strip();
      }
    }
    return "";
  }
}
