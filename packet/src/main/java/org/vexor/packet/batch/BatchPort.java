package org.vexor.packet.batch;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketPort;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.SendRing;
import org.vexor.packet.socket.BatchSender;
import org.vexor.packet.socket.BoundSocket;

/// One bound socket of a [BatchEngine].
final class BatchPort implements PacketPort {
  private static final int LINE_BYTES = 64;

  private final BatchEngine engine;
  private final BoundSocket socket;
  private final DatagramHandler handler;
  private final TrafficCounters counters;
  private final int maxPayloadBytes;
  private final SendRing ring;
  private final BatchSender sender;
  private volatile boolean open = true;

  BatchPort(
      BatchEngine engine,
      BoundSocket socket,
      EngineOptions options,
      DatagramHandler handler,
      TrafficCounters counters) {
    this.engine = engine;
    this.socket = socket;
    this.handler = handler;
    this.counters = counters;
    maxPayloadBytes = options.maxPayloadBytes();
    int slotBytes = (maxPayloadBytes + LINE_BYTES - 1) & -LINE_BYTES;
    MemorySegment memory =
        Arena.ofAuto().allocate((long) options.sendFrames() * slotBytes, LINE_BYTES);
    ring = new SendRing(memory, options.sendFrames(), slotBytes, 0, maxPayloadBytes, counters);
    sender = new BatchSender(socket, ring, counters);
  }

  BoundSocket socket() {
    return socket;
  }

  DatagramHandler handler() {
    return handler;
  }

  @Override
  public Endpoint localEndpoint() {
    return socket.local();
  }

  @Override
  public int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  @Override
  public long reserve(int lengthBytes) {
    return open ? ring.reserve(lengthBytes) : CLOSED;
  }

  @Override
  public MemorySegment sendSegment() {
    return ring.segment();
  }

  @Override
  public void commit(int lengthBytes, long high, long low, int port) {
    ring.commit(lengthBytes, high, low, port);
  }

  @Override
  public void cancel() {
    ring.cancel();
  }

  @Override
  public int flush() {
    return open ? sender.flush() : 0;
  }

  @Override
  public int queued() {
    return ring.size();
  }

  @Override
  public TrafficCounters counters() {
    return counters;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    int _ = sender.flush();
    open = false;
    if (ring.size() > 0) {
      counters.dropped(DropReason.PORT_CLOSED, ring.size());
      ring.pop(ring.size());
    }
    engine.closed(this);
    socket.close();
  }
}
