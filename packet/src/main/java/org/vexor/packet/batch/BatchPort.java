package org.vexor.packet.batch;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.RingPort;
import org.vexor.packet.frame.SendRing;
import org.vexor.packet.socket.BatchSender;
import org.vexor.packet.socket.BoundSocket;

/// One bound socket of a [BatchEngine].
final class BatchPort extends RingPort {
  private static final int LINE_BYTES = 64;

  private final BatchEngine engine;
  private final BoundSocket socket;
  private final DatagramHandler handler;
  private final BatchSender sender;

  BatchPort(
      BatchEngine engine,
      BoundSocket socket,
      EngineOptions options,
      DatagramHandler handler,
      TrafficCounters counters) {
    super(ring(options, counters), counters, options.maxPayloadBytes());
    this.engine = engine;
    this.socket = socket;
    this.handler = handler;
    sender = new BatchSender(socket, ring(), counters);
  }

  private static SendRing ring(EngineOptions options, TrafficCounters counters) {
    int slotBytes = (options.maxPayloadBytes() + LINE_BYTES - 1) & -LINE_BYTES;
    MemorySegment memory =
        Arena.ofAuto().allocate((long) options.sendFrames() * slotBytes, LINE_BYTES);
    return new SendRing(
        memory, options.sendFrames(), slotBytes, 0, options.maxPayloadBytes(), counters);
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
  public int flush() {
    return isOpen() ? sender.flush() : 0;
  }

  @Override
  protected void release() {
    engine.closed(this);
    socket.close();
  }
}
