package org.vexor.packet.xdp;

import java.nio.file.Path;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.ForwardingEngine;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;

/// An engine of another host than the thread's own: its ports are opened there.
final class VisitingEngine extends ForwardingEngine {
  private final Path namespace;

  VisitingEngine(PacketEngine engine, Path namespace) {
    super(engine);
    this.namespace = namespace;
  }

  @Override
  public PacketPort open(PortOptions options, DatagramHandler handler) {
    try (var _ = NetworkNamespace.enter(namespace)) {
      return super.open(options, handler);
    }
  }
}
