package org.vexor.packet.select;

import java.util.List;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.PacketEngine;

/// One backend that a [Ladder] may try.
interface Candidate {
  Backend backend();

  /// What would come of [#open] now, without opening anything that others could notice.
  Prospect prospect(Selection selection);

  /// Opens it.
  ///
  /// @throws org.vexor.packet.PortException with outcome and remedy when it does not work here
  Opened open(Selection selection);

  /// An engine that is open.
  ///
  /// @param within attempts at what the engine is built on, for the report
  record Opened(PacketEngine engine, List<Attempt> within) {
    Opened(PacketEngine engine) {
      this(engine, List.of());
    }
  }
}
