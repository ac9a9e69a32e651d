package org.vexor.node.doctor;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.vexor.packet.doctor.Diagnosis;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.doctor.Remedy;
import org.vexor.packet.doctor.State;
import org.vexor.packet.probe.AsRoot;
import org.vexor.packet.select.Prospect;

/// A diagnosis for people: findings in columns, then what would be chosen and why.
///
/// ```
///   problem  capabilities  effective none; permitted none; ambient none
///                          AF_XDP cannot be used: missing CAP_NET_RAW, CAP_NET_ADMIN, CAP_BPF
///            to mend       sudo setcap ...
/// ```
public final class DiagnosisText {
  private static final int STATE_WIDTH = 9;
  private static final int TOPIC_WIDTH = 27;

  private final PrintWriter out;
  private final AsRoot root;

  private DiagnosisText(PrintWriter out, AsRoot root) {
    this.out = out;
    this.root = root;
  }

  /// Prints all of it.
  public static void print(PrintWriter out, Diagnosis diagnosis) {
    DiagnosisText text = new DiagnosisText(out, diagnosis.surroundings().root());
    text.findings(diagnosis.findings());
    text.choice(diagnosis);
  }

  private void findings(List<Finding> findings) {
    Optional<String> subject = Optional.empty();
    out.println("process and host");
    for (Finding finding : findings) {
      if (!finding.subject().equals(subject)) {
        subject = finding.subject();
        out.println();
        out.println("interface " + subject.orElse(""));
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

  private void choice(Diagnosis diagnosis) {
    out.println();
    out.println("what would be chosen now");
    boolean chosen = false;
    for (Prospect prospect : diagnosis.prospects()) {
      String backend = prospect.backend().label();
      switch (prospect) {
        case Prospect.Open(var _, String how) -> {
          line(chosen ? "behind" : "chosen", backend, how);
          chosen = true;
        }
        case Prospect.Closed(var _, String outcome, String remedy) -> {
          line("not used", backend, outcome);
          if (!remedy.isEmpty()) {
            line("", "to mend", remedy);
          }
        }
      }
    }
  }

  private void line(String state, String topic, String text) {
    String head = "  %-" + STATE_WIDTH + "s%-" + TOPIC_WIDTH + "s%s";
    out.println(head.formatted(state, topic, text));
  }
}
