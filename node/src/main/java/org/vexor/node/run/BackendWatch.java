package org.vexor.node.run;

import java.util.Optional;
import java.util.function.Supplier;
import org.vexor.packet.BackendReport;

/// Notices when an engine has come to run on something else. One thread.
final class BackendWatch {
  private final Supplier<BackendReport> reports;
  private BackendReport last;

  BackendWatch(Supplier<BackendReport> reports) {
    this.reports = reports;
    last = reports.get();
  }

  /// The report, if backend or mode are others than at the last look.
  Optional<BackendReport> change() {
    BackendReport now = reports.get();
    boolean same = now.backend() == last.backend() && now.mode().equals(last.mode());
    last = now;
    return same ? Optional.empty() : Optional.of(now);
  }
}
