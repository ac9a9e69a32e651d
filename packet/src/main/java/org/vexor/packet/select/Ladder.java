package org.vexor.packet.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortException;

/// Candidates in order, best first: tries one after another and remembers what came of each.
final class Ladder {
  private final List<Candidate> candidates;

  Ladder(List<Candidate> candidates) {
    this.candidates = List.copyOf(candidates);
  }

  /// Opens the first that opens, or of a backend that was asked for, that one.
  ///
  /// @throws PortException when none does; with the outcome and remedy of the last one tried
  PacketEngine open(Selection selection) {
    Optional<Backend> only = selection.wanted().backend();
    List<Attempt> before = new ArrayList<>();
    Optional<PortException> failure = Optional.empty();
    for (Candidate candidate : candidates) {
      Backend backend = candidate.backend();
      if (only.isPresent() && only.get() != backend) {
        before.add(notAskedFor(backend, selection));
        continue;
      }
      try {
        Candidate.Opened opened = candidate.open(selection);
        before.addAll(opened.within());
        return new SelectedEngine(opened.engine(), before);
      } catch (PortException e) {
        before.add(new Attempt(backend, e.outcome(), e.remedy()));
        failure = Optional.of(e);
      }
    }
    throw failure
        .map(last -> refusal(selection, last))
        .orElseThrow(() -> new IllegalStateException("no candidate for " + selection));
  }

  private static Attempt notAskedFor(Backend backend, Selection selection) {
    return new Attempt(backend, "not tried, " + selection.wanted().word() + " was asked for", "");
  }

  private static PortException refusal(Selection selection, PortException last) {
    return new PortException(
        selection.wanted().word() + " cannot be used: " + last.outcome(), last.remedy(), last);
  }

  /// What [#open] would find, in the same order; candidates that were not asked for are left out.
  List<Prospect> prospects(Selection selection) {
    Optional<Backend> only = selection.wanted().backend();
    return candidates.stream()
        .filter(candidate -> only.isEmpty() || only.get() == candidate.backend())
        .map(candidate -> candidate.prospect(selection))
        .toList();
  }
}
