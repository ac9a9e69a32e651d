package org.vexor.node.doctor;

import java.io.PrintWriter;
import org.vexor.masque.http.HttpVersion;
import org.vexor.node.masque.doctor.ProxyDiagnosis;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.probe.AsRoot;

/// A diagnosis of a proxy for people: each step in columns, then which HTTP version would be used.
public final class ProxyDiagnosisText {
  private ProxyDiagnosisText() {}

  /// Prints all of it.
  public static void print(PrintWriter out, ProxyDiagnosis diagnosis) {
    // Nothing here is for root to run.
    var lines = new FindingLines(out, AsRoot.DIRECTLY);
    lines.print("proxy " + diagnosis.proxy(), "over ", diagnosis.findings());
    out.println();
    out.println("what would be used now");
    for (HttpVersion version : diagnosis.versions()) {
      boolean chosen = diagnosis.choice().filter(version::equals).isPresent();
      if (diagnosis.usable().contains(version)) {
        lines.line(
            chosen ? "chosen" : "behind",
            version.label(),
            chosen ? "the best that gets through" : "where nothing better gets through");
      } else {
        String why =
            diagnosis.obstacle(version).map(Finding::fact).orElse("no tunnel goes through it");
        lines.line("not used", version.label(), why);
      }
    }
  }
}
