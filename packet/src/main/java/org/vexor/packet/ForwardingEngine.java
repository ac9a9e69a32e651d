package org.vexor.packet;

import java.util.List;

/// An engine that hands everything to the one beneath it, to be changed in part by who extends it.
///
/// Threading and ownership: as the engine beneath, which is closed with this one.
public abstract class ForwardingEngine implements PacketEngine {
  private final PacketEngine beneath;

  /// @param beneath closed with this
  protected ForwardingEngine(PacketEngine beneath) {
    this.beneath = beneath;
  }

  /// The engine beneath.
  protected final PacketEngine beneath() {
    return beneath;
  }

  @Override
  public PacketPort open(PortOptions options, DatagramHandler handler) {
    return beneath.open(options, handler);
  }

  @Override
  public int doWork() {
    return beneath.doWork();
  }

  @Override
  public void await(long timeoutNs) {
    beneath.await(timeoutNs);
  }

  @Override
  public void wakeup() {
    beneath.wakeup();
  }

  @Override
  public void release(long frame) {
    beneath.release(frame);
  }

  @Override
  public BackendReport report() {
    return beneath.report();
  }

  @Override
  public List<PacketPort> ports() {
    return beneath.ports();
  }

  @Override
  public TrafficCounters counters() {
    return beneath.counters();
  }

  @Override
  public void close() {
    beneath.close();
  }
}
