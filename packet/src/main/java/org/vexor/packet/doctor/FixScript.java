package org.vexor.packet.doctor;

import java.util.Optional;

/// The remedies of a [Diagnosis] as a script of POSIX sh for root: each under its finding, each
/// with the line that takes it back. Running it twice does no more than once. Commands that may
/// interrupt traffic are in it as comments.
public final class FixScript {
  private static final String HEAD =
      """
      #!/bin/sh
      # What 'vexor doctor' would mend here. Read it, then run it as root: sh fix.sh
      # Each command can be taken back by the line 'undo' above it. Lines that may interrupt
      # traffic are comments: take the # off to have them.

      if [ "$(id -u)" -ne 0 ]; then
        echo "run this as root" >&2
        exit 1
      fi
      failed=0
      """;

  private FixScript() {}

  /// Writes it.
  public static String of(Diagnosis diagnosis) {
    StringBuilder script = new StringBuilder(HEAD);
    diagnosis.findings().stream()
        .filter(finding -> finding.state() == State.WARN || finding.state() == State.PROBLEM)
        .forEach(finding -> append(script, finding));
    return script.append("\nexit $failed\n").toString();
  }

  private static void append(StringBuilder script, Finding finding) {
    script.append("\n# ").append(finding.state().word()).append(": ").append(finding.topic());
    finding.subject().ifPresent(name -> script.append(" of ").append(comment(name)));
    script.append("\n#   ").append(comment(finding.fact()));
    script.append("\n#   ").append(comment(finding.meaning())).append('\n');
    Optional<Remedy> command =
        finding.remedies().stream()
            .filter(remedy -> remedy.kind() == Remedy.Kind.COMMAND && remedy.asRoot())
            .findFirst();
    if (command.isEmpty()) {
      finding.remedies().stream()
          .findFirst()
          .ifPresent(
              remedy ->
                  script
                      .append("#   to mend by hand: ")
                      .append(comment(remedy.text()))
                      .append('\n'));
      return;
    }
    Remedy remedy = command.get();
    if (!remedy.note().isEmpty()) {
      script.append("#   note: ").append(comment(remedy.note())).append('\n');
    }
    remedy.undo().ifPresent(undo -> script.append("#   undo: ").append(comment(undo)).append('\n'));
    script.append(remedy.disturbs() ? "# " : "");
    script.append("{ ").append(remedy.text()).append("; } || failed=1\n");
  }

  /// What others named, an interface say, must not end the comment.
  private static String comment(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
