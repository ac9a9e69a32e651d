package org.vexor.packet.select;

import java.time.Clock;
import java.util.List;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortException;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.channel.ChannelEngine;

/// Opens engines on sockets.
public final class PacketEngines {
  private PacketEngines() {}

  /// The best engine that opens here; what failed before is in its report.
  public static PacketEngine best(EngineOptions options) {
    try {
      return new BatchEngine(options);
    } catch (PortException e) {
      var failed = new Attempt(Backend.UDP, String.valueOf(e.getMessage()), "");
      return new ChannelEngine(options, Clock.systemUTC(), List.of(failed));
    }
  }
}
