package org.vexor.packet.doctor;

import java.util.List;
import java.util.Optional;
import org.vexor.packet.Backend;
import org.vexor.packet.probe.Surroundings;
import org.vexor.packet.select.Prospect;

/// What a [Doctor] found.
///
/// @param findings of the process and the host first, then of each interface
/// @param prospects what opening an engine would find now, best first; the first open one is what
///   would be used
public record Diagnosis(
    Surroundings surroundings, List<Finding> findings, List<Prospect> prospects) {
  public Diagnosis {
    findings = List.copyOf(findings);
    prospects = List.copyOf(prospects);
  }

  /// What would be used now.
  public Optional<Prospect.Open> choice() {
    return prospects.stream()
        .filter(Prospect.Open.class::isInstance)
        .map(Prospect.Open.class::cast)
        .findFirst();
  }

  /// Whether nothing better could be had: AF_XDP would be used.
  public boolean isBest() {
    return choice().map(open -> open.backend() == Backend.AF_XDP).orElse(false);
  }
}
