package org.vexor.packet.select;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.ForwardingEngine;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.xdp.XdpEngine;

/// An engine that knows what was tried before it: its report is the engine's own, which may change
/// while it runs, with those attempts added.
final class SelectedEngine extends ForwardingEngine {
  private final List<Attempt> before;

  /// @param before attempts that are told as long as the engine itself says nothing of their
  ///   backend
  SelectedEngine(PacketEngine engine, List<Attempt> before) {
    super(engine);
    this.before = List.copyOf(before);
  }

  void confirm() {
    if (beneath() instanceof XdpEngine xdp) {
      xdp.confirm();
    }
  }

  @Override
  public BackendReport report() {
    BackendReport own = super.report();
    List<Attempt> attempts = new ArrayList<>(own.attempts());
    for (Attempt earlier : before) {
      boolean told = own.attempts().stream().anyMatch(now -> now.backend() == earlier.backend());
      if (!told || earlier.backend() == own.backend()) {
        attempts.add(earlier);
      }
    }
    // What is in use comes after what was tried and failed with the same backend.
    attempts.sort(Comparator.comparing(Attempt::backend).thenComparing(Attempt::isInUse));
    return new BackendReport(
        own.backend(), own.mode(), own.device(), own.since(), attempts, own.kernelCounters());
  }
}
