package org.vexor.packet.select;

import java.util.List;
import java.util.function.Supplier;
import org.vexor.packet.BackendReport;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;

/// An engine that says of itself what a test wants.
record ReportingEngine(PacketEngine inner, Supplier<BackendReport> says) implements PacketEngine {
  @Override
  public BackendReport report() {
    return says.get();
  }

  @Override
  public PacketPort open(PortOptions options, DatagramHandler handler) {
    return inner.open(options, handler);
  }

  @Override
  public int doWork() {
    return inner.doWork();
  }

  @Override
  public void await(long timeoutNs) {
    inner.await(timeoutNs);
  }

  @Override
  public void wakeup() {
    inner.wakeup();
  }

  @Override
  public void release(long frame) {
    inner.release(frame);
  }

  @Override
  public List<PacketPort> ports() {
    return inner.ports();
  }

  @Override
  public TrafficCounters counters() {
    return inner.counters();
  }

  @Override
  public void close() {
    inner.close();
  }
}
