package org.vexor.node.doctor;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.doctor.Remedy;
import org.vexor.packet.doctor.State;
import org.vexor.packet.probe.AsRoot;

/// Findings and what follows from them, in columns.
final class FindingLines {
  private static final int STATE_WIDTH = 9;
  private static final int TOPIC_WIDTH = 27;

  private final PrintWriter out;
  private final AsRoot root;

  FindingLines(PrintWriter out, AsRoot root) {
    this.out = out;
    this.root = root;
  }

  /// @param heading over those without a subject
  /// @param subjects what stands in front of each subject
  void print(String heading, String subjects, List<Finding> findings) {
    Optional<String> subject = Optional.empty();
    out.println(heading);
    for (Finding finding : findings) {
      if (!finding.subject().equals(subject)) {
        subject = finding.subject();
        out.println();
        out.println(subjects + subject.orElse(""));
      }
      finding(finding);
    }
  }

  private void finding(Finding finding) {
    boolean brief = finding.state() == State.OK;
    line(
        finding.state().word(),
        finding.topic(),
        brief ? finding.fact() + ": " + finding.meaning() : finding.fact());
    if (!brief) {
      line("", "", finding.meaning());
    }
    String label = "to mend";
    for (Remedy remedy : finding.remedies()) {
      String note = remedy.note().isEmpty() ? "" : "  (" + remedy.note() + ")";
      line("", label, remedy.paste(root) + note);
      label = "or";
    }
  }

  void line(String state, String topic, String text) {
    String head = "  %-" + STATE_WIDTH + "s%-" + TOPIC_WIDTH + "s%s";
    out.println(head.formatted(state, topic, text));
  }
}
