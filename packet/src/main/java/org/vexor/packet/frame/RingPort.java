package org.vexor.packet.frame;

import java.lang.foreign.MemorySegment;
import org.vexor.packet.DropReason;
import org.vexor.packet.PacketPort;
import org.vexor.packet.TrafficCounters;

/// A port whose datagrams leave by a [SendRing]: all of the contract's sending side but the flush.
///
/// Owned as every port is; [#isOpen] and [#counters] from any thread.
public abstract class RingPort implements PacketPort {
  private final SendRing ring;
  private final TrafficCounters counters;
  private final int maxPayloadBytes;
  private volatile boolean open = true;

  /// @param ring the port's own
  /// @param counters of the port; the ring counts on them too
  protected RingPort(SendRing ring, TrafficCounters counters, int maxPayloadBytes) {
    this.ring = ring;
    this.counters = counters;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /// Gives back what the port has of the system; called once, when the port is closed already.
  protected abstract void release();

  /// What was committed and is not flushed.
  protected final SendRing ring() {
    return ring;
  }

  @Override
  public final int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  @Override
  public final long reserve(int lengthBytes) {
    return open ? ring.reserve(lengthBytes) : CLOSED;
  }

  @Override
  public final MemorySegment sendSegment() {
    return ring.segment();
  }

  @Override
  public final void commit(int lengthBytes, long high, long low, int port) {
    ring.commit(lengthBytes, high, low, port);
  }

  @Override
  public final void cancel() {
    ring.cancel();
  }

  @Override
  public final int queued() {
    return ring.size();
  }

  @Override
  public final TrafficCounters counters() {
    return counters;
  }

  @Override
  public final boolean isOpen() {
    return open;
  }

  @Override
  public final void close() {
    if (!open) {
      return;
    }
    int _ = flush();
    open = false;
    if (ring.size() > 0) {
      counters.dropped(DropReason.PORT_CLOSED, ring.size());
      ring.pop(ring.size());
    }
    release();
  }
}
