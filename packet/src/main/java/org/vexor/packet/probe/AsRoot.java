package org.vexor.packet.probe;

import java.nio.file.Files;
import java.nio.file.Path;

/// How this user runs a command as root: what is to be pasted word for word.
public enum AsRoot {
  /// The user is root.
  DIRECTLY,
  SUDO,
  SU;

  /// How this user does it on this host.
  ///
  /// @param uid effective user
  /// @param path folders with programs, as the environment variable PATH has them
  public static AsRoot of(long uid, String path) {
    if (uid == 0) {
      return DIRECTLY;
    }
    for (String folder : path.split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "sudo"))) {
        return SUDO;
      }
    }
    return SU;
  }

  /// A line that runs `command`, a line of sh.
  public String line(String command) {
    return switch (this) {
      case DIRECTLY -> command;
      case SUDO -> isPlain(command) ? "sudo " + command : "sudo sh -c " + quote(command);
      case SU -> "su -c " + quote(command);
    };
  }

  /// Whether no shell is needed to read it as one program with its arguments.
  private static boolean isPlain(String command) {
    return command.chars().noneMatch(c -> "|&;<>()$`\\\"'*?[#~\n".indexOf(c) >= 0);
  }

  /// A word of sh that means `text`.
  public static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
