package org.vexor.netty;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.ForwardingEngine;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;

/// An engine whose system takes nothing as long as it is told so, as a full socket buffer does.
final class StickyEngine extends ForwardingEngine {
  private final AtomicBoolean stuck;

  StickyEngine(PacketEngine inner, AtomicBoolean stuck) {
    super(inner);
    this.stuck = stuck;
  }

  @Override
  public PacketPort open(PortOptions options, DatagramHandler handler) {
    return new StickyPort(super.open(options, handler));
  }

  @Override
  public int doWork() {
    return stuck.get() ? 0 : super.doWork();
  }

  private final class StickyPort implements PacketPort {
    private final PacketPort port;

    StickyPort(PacketPort port) {
      this.port = port;
    }

    @Override
    public int flush() {
      return stuck.get() ? 0 : port.flush();
    }

    @Override
    public Endpoint localEndpoint() {
      return port.localEndpoint();
    }

    @Override
    public int maxPayloadBytes() {
      return port.maxPayloadBytes();
    }

    @Override
    public long reserve(int lengthBytes) {
      return port.reserve(lengthBytes);
    }

    @Override
    public MemorySegment sendSegment() {
      return port.sendSegment();
    }

    @Override
    public void commit(int lengthBytes, long high, long low, int number) {
      port.commit(lengthBytes, high, low, number);
    }

    @Override
    public void cancel() {
      port.cancel();
    }

    @Override
    public int queued() {
      return port.queued();
    }

    @Override
    public TrafficCounters counters() {
      return port.counters();
    }

    @Override
    public boolean isOpen() {
      return port.isOpen();
    }

    @Override
    public void close() {
      port.close();
    }
  }
}
