package org.vexor.node.doctor;

import java.io.PrintWriter;
import org.vexor.packet.doctor.Diagnosis;
import org.vexor.packet.select.Prospect;

/// A diagnosis for people: findings in columns, then what would be chosen and why.
///
/// ```
///   problem  capabilities  effective none; permitted none; ambient none
///                          AF_XDP cannot be used: missing CAP_NET_RAW, CAP_NET_ADMIN, CAP_BPF
///            to mend       sudo setcap ...
/// ```
public final class DiagnosisText {
  private DiagnosisText() {}

  /// Prints all of it.
  public static void print(PrintWriter out, Diagnosis diagnosis) {
    var lines = new FindingLines(out, diagnosis.surroundings().root());
    lines.print("process and host", "interface ", diagnosis.findings());
    out.println();
    out.println("what would be chosen now");
    boolean chosen = false;
    for (Prospect prospect : diagnosis.prospects()) {
      String backend = prospect.backend().label();
      switch (prospect) {
        case Prospect.Open(var _, String how) -> {
          lines.line(chosen ? "behind" : "chosen", backend, how);
          chosen = true;
        }
        case Prospect.Closed(var _, String outcome, String remedy) -> {
          lines.line("not used", backend, outcome);
          if (!remedy.isEmpty()) {
            lines.line("", "to mend", remedy);
          }
        }
      }
    }
  }
}
