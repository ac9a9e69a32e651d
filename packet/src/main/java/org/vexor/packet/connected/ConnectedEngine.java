package org.vexor.packet.connected;

import java.util.List;
import org.vexor.packet.ForwardingEngine;
import org.vexor.packet.socket.SocketEngine;

/// An engine with [ConnectedSockets] beside its ports, driven as one. The counters and the ports
/// are those of the engine beneath.
public final class ConnectedEngine extends ForwardingEngine {
  private final ConnectedSockets sockets;

  /// @param engine beneath; closed with this
  public ConnectedEngine(SocketEngine engine) {
    super(engine);
    sockets = new ConnectedSockets();
    engine.alsoAwait(List.of(sockets.file()));
  }

  /// Owner thread only, but for what says otherwise.
  public ConnectedSockets sockets() {
    return sockets;
  }

  @Override
  public int doWork() {
    int work = super.doWork();
    work += sockets.flush();
    work += sockets.receive();
    return work + sockets.flush();
  }

  @Override
  public void close() {
    sockets.close();
    super.close();
  }
}
