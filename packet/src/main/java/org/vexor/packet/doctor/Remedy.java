package org.vexor.packet.doctor;

import java.util.Optional;
import org.vexor.packet.probe.AsRoot;

/// One way to mend a finding. Several of one finding are alternatives, best first.
///
/// @param kind what to do with the text
/// @param text a line of sh, or words
/// @param asRoot whether root must run it
/// @param undo the line of sh that takes it back; empty when there is nothing to take back
/// @param disturbs whether it may interrupt traffic for a moment, or change what others see of the
///   host
/// @param note what to know before; empty for nothing
public record Remedy(
    Kind kind, String text, boolean asRoot, Optional<String> undo, boolean disturbs, String note) {
  /// What a remedy is.
  public enum Kind {
    /// Run once; it lasts.
    COMMAND("command"),
    /// Put in front of the command that starts the program, each time.
    PREFIX("prefix"),
    /// Something that no command line does.
    ADVICE("advice");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// The word for it in JSON.
    public String word() {
      return word;
    }
  }

  /// A command for root that can be taken back.
  static Remedy command(String text, String undo) {
    return new Remedy(Kind.COMMAND, text, true, Optional.of(undo), false, "");
  }

  /// A command that the user runs in the shell that will start the program.
  static Remedy inShell(String text) {
    return new Remedy(
        Kind.COMMAND, text, false, Optional.empty(), false, "in the shell that starts the program");
  }

  static Remedy prefix(String text, boolean asRoot) {
    return new Remedy(Kind.PREFIX, text, asRoot, Optional.empty(), false, "");
  }

  /// Words for a human.
  public static Remedy advice(String text) {
    return new Remedy(Kind.ADVICE, text, false, Optional.empty(), false, "");
  }

  Remedy withNote(String words) {
    return new Remedy(kind, text, asRoot, undo, disturbs, words);
  }

  Remedy thatDisturbs(String words) {
    return new Remedy(kind, text, asRoot, undo, true, words);
  }

  /// What this user pastes; in a prefix, COMMAND stands for the command that starts the program.
  public String paste(AsRoot root) {
    String line = kind == Kind.PREFIX ? text + " COMMAND" : text;
    return asRoot ? root.line(line) : line;
  }
}
