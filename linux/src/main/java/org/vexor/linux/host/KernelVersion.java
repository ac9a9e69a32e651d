package org.vexor.linux.host;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which kernel runs.
///
/// @param release as `uname -r` has it: "6.1.0-18-amd64"
public record KernelVersion(int major, int minor, String release) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /// Reads it; empty without /proc.
  public static Optional<KernelVersion> read(HostFiles files) {
    return files.sysctl("kernel.osrelease").value().flatMap(KernelVersion::parse);
  }

  /// Reads a release; empty when it does not begin with two numbers.
  public static Optional<KernelVersion> parse(String release) {
    Matcher matcher = NUMBERS.matcher(release);
    return matcher.matches()
        ? Optional.of(
            new KernelVersion(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), release))
        : Optional.empty();
  }

  /// Whether it is this version or a later one.
  public boolean isAtLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }
}
