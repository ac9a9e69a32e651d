package org.vexor.masque.proxy.outbound;

import java.util.ArrayList;
import java.util.List;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.connected.ConnectedEngine;
import org.vexor.packet.connected.ConnectedSockets;
import org.vexor.packet.select.PacketEngines;
import org.vexor.packet.select.Selection;

/// What moves the packets of one loop.
///
/// @param engine of the ports towards clients, and what drives both
/// @param sockets towards targets; always the kernel's
record LoopEngine(PacketEngine engine, ConnectedSockets sockets) {
  /// @throws org.vexor.packet.PortException when the backend asked for does not work here
  static LoopEngine open(Selection selection) {
    List<ConnectedSockets> made = new ArrayList<>();
    PacketEngine engine =
        PacketEngines.open(
            selection,
            beneath -> {
              var connected = new ConnectedEngine(beneath);
              made.add(connected.sockets());
              return connected;
            });
    return new LoopEngine(engine, made.getLast());
  }
}
