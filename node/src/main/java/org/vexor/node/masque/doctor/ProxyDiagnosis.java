package org.vexor.node.masque.doctor;

import java.util.List;
import java.util.Optional;
import org.vexor.masque.http.HttpVersion;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.doctor.State;

/// What was found out about a proxy.
///
/// @param proxy its host and port
/// @param findings about all first, then over each version that may be used, better ones first;
///   subject is the version's [HttpVersion#label]
/// @param versions that may be used, better ones first
/// @param usable those of them that a tunnel goes through
public record ProxyDiagnosis(
    String proxy, List<Finding> findings, List<HttpVersion> versions, List<HttpVersion> usable) {
  public ProxyDiagnosis {
    findings = List.copyOf(findings);
    versions = List.copyOf(versions);
    usable = List.copyOf(usable);
  }

  /// What a client would end up with; empty when none gets through.
  public Optional<HttpVersion> choice() {
    return usable.stream().findFirst();
  }

  /// Whether a tunnel goes through over the best version that may be used, and nothing there is to
  /// mend.
  public boolean isBest() {
    return choice().isPresent()
        && choice().get() == versions.getFirst()
        && findings.stream()
            .filter(each -> each.subject().isEmpty() || isAbout(each, versions.getFirst()))
            .allMatch(each -> each.state() == State.OK);
  }

  private static boolean isAbout(Finding finding, HttpVersion version) {
    return finding.subject().filter(version.label()::equals).isPresent();
  }

  /// Why there is no tunnel over a version; empty when there is one.
  public Optional<Finding> obstacle(HttpVersion version) {
    return usable.contains(version)
        ? Optional.empty()
        : findings.stream()
            .filter(each -> each.subject().isEmpty() || isAbout(each, version))
            .filter(each -> each.state() != State.OK)
            .reduce((_, last) -> last);
  }
}
