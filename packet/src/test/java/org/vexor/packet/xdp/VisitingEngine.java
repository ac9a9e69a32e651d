package org.vexor.packet.xdp;

import java.nio.file.Path;
import java.util.List;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.BackendReport;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;

/// An engine of another host than the thread's own: its ports are opened there.
record VisitingEngine(PacketEngine engine, Path namespace) implements PacketEngine {
  @Override
  public PacketPort open(PortOptions options, DatagramHandler handler) {
    try (var _ = NetworkNamespace.enter(namespace)) {
      return engine.open(options, handler);
    }
  }

  @Override
  public int doWork() {
    return engine.doWork();
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
    engine.close();
  }
}
