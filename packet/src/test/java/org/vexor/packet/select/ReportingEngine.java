package org.vexor.packet.select;

import java.util.function.Supplier;
import org.vexor.packet.BackendReport;
import org.vexor.packet.ForwardingEngine;
import org.vexor.packet.PacketEngine;

/// An engine that says of itself what a test wants.
final class ReportingEngine extends ForwardingEngine {
  private final Supplier<BackendReport> says;

  ReportingEngine(PacketEngine inner, Supplier<BackendReport> says) {
    super(inner);
    this.says = says;
  }

  @Override
  public BackendReport report() {
    return says.get();
  }
}
