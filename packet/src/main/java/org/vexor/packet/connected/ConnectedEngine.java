package org.vexor.packet.connected;

import java.util.List;
import org.vexor.packet.BackendReport;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.socket.SocketEngine;

/// An engine with [ConnectedSockets] beside its ports, driven as one. The counters and the ports
/// are those of the engine beneath.
public final class ConnectedEngine implements PacketEngine {
  private final SocketEngine engine;
  private final ConnectedSockets sockets;

  /// @param engine beneath; closed with this
  public ConnectedEngine(SocketEngine engine) {
    this.engine = engine;
    sockets = new ConnectedSockets();
    engine.alsoAwait(List.of(sockets.file()));
  }

  /// Owner thread only, but for what says otherwise.
  public ConnectedSockets sockets() {
    return sockets;
  }

  @Override
  public PacketPort open(PortOptions options, DatagramHandler handler) {
    return engine.open(options, handler);
  }

  @Override
  public int doWork() {
    int work = engine.doWork();
    work += sockets.flush();
    work += sockets.receive();
    return work + sockets.flush();
  }

  @Override
  public void await(long timeoutNs) {
    engine.await(timeoutNs);
  }

  @Override
  public void wakeup() {
    engine.wakeup();
  }

  @Override
  public void release(long frame) {
    engine.release(frame);
  }

  @Override
  public BackendReport report() {
    return engine.report();
  }

  @Override
  public List<PacketPort> ports() {
    return engine.ports();
  }

  @Override
  public TrafficCounters counters() {
    return engine.counters();
  }

  @Override
  public void close() {
    sockets.close();
    engine.close();
  }
}
