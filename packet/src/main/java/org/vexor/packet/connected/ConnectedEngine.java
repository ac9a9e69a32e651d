package org.vexor.packet.connected;

import java.util.ArrayList;
import java.util.List;
import org.vexor.linux.FileDescriptor;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.ForwardingEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.socket.SocketEngine;

/// An engine with [ConnectedSockets] beside its ports, driven as one. The counters and the ports
/// are those of the engine beneath; another engine may be built around this one.
public final class ConnectedEngine extends ForwardingEngine implements SocketEngine {
  private final SocketEngine engine;
  private final ConnectedSockets sockets;

  /// @param engine beneath; closed with this
  public ConnectedEngine(SocketEngine engine) {
    super(engine);
    this.engine = engine;
    sockets = new ConnectedSockets();
    engine.alsoAwait(List.of(sockets.file()));
  }

  /// Owner thread only, but for what says otherwise.
  public ConnectedSockets sockets() {
    return sockets;
  }

  @Override
  public PacketPort open(
      PortOptions options, DatagramHandler handler, TrafficCounters... alsoCounted) {
    return engine.open(options, handler, alsoCounted);
  }

  @Override
  public PacketPort open(PortOptions options, DatagramHandler handler) {
    return engine.open(options, handler);
  }

  @Override
  public void alsoAwait(List<FileDescriptor> descriptors) {
    var all = new ArrayList<>(descriptors);
    all.add(sockets.file());
    engine.alsoAwait(all);
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
