package org.vexor.netty;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.vexor.packet.BackendReport;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;

/// An engine whose system takes nothing as long as it is told so, as a full socket buffer does.
final class StickyEngine implements PacketEngine {
  private final PacketEngine inner;
  private final AtomicBoolean stuck;

  StickyEngine(PacketEngine inner, AtomicBoolean stuck) {
    this.inner = inner;
    this.stuck = stuck;
  }

  @Override
  public PacketPort open(PortOptions options, DatagramHandler handler) {
    return new StickyPort(inner.open(options, handler));
  }

  @Override
  public int doWork() {
    return stuck.get() ? 0 : inner.doWork();
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
  public BackendReport report() {
    return inner.report();
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
