package org.vexor.linux;

import java.util.Locale;

/// The machines whose system call numbers are known. Structures are the same on both: little
/// endian, 64 bits.
public enum Arch {
  X86_64,
  AARCH64;

  private static final Arch CURRENT = of(System.getProperty("os.arch", ""));

  /// The machine that runs us.
  public static Arch current() {
    return CURRENT;
  }

  /// The machine that the system property `os.arch` names.
  ///
  /// @throws UnsupportedOperationException for another one; the DatagramChannel backend needs no
  ///   system calls and works there
  public static Arch of(String osArch) {
    return switch (osArch.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default ->
          throw new UnsupportedOperationException(
              "system calls are known for x86_64 and aarch64, not for os.arch=" + osArch);
    };
  }
}
