package org.vexor.node.replay;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;

/// Sends datagrams at an even rate. Runs on the thread that owns the engine.
public final class PacedSender {
  /// Between two looks at the clock; short against the receive buffer of any receiver.
  private static final long WAIT_NS = 200_000;

  /// How long a port may take nothing before the rest is given up: the system takes datagrams in
  /// microseconds, or something is broken for good.
  private static final long STUCK_NS = 5_000_000_000L;

  private static final double NS_PER_SECOND = 1e9;

  private final PacketEngine engine;
  private final PacketPort port;
  private final LongSupplier clockNs;
  private final LongConsumer waitNs;

  /// @param engine moves what the port committed
  /// @param port sends
  /// @param clockNs a clock that never goes back, in nanoseconds
  /// @param waitNs lets about that many nanoseconds pass
  public PacedSender(
      PacketEngine engine, PacketPort port, LongSupplier clockNs, LongConsumer waitNs) {
    this.engine = engine;
    this.port = port;
    this.clockNs = clockNs;
    this.waitNs = waitNs;
  }

  /// Sends all of them and returns when the port has none queued any more. Datagrams longer than
  /// the port carries are counted by it as dropped.
  ///
  /// @param perSecond datagrams a second; 0 for as fast as the system takes them
  /// @return how many were handed to the port; fewer than given when it took none for five seconds
  public int send(List<byte[]> datagrams, Endpoint to, int perSecond) {
    long start = clockNs.getAsLong();
    long lastProgress = start;
    int next = 0;
    while (next < datagrams.size() || port.queued() > 0) {
      long now = clockNs.getAsLong();
      int due = due(now - start, perSecond, datagrams.size());
      int before = next;
      while (next < due && offer(datagrams.get(next), to)) {
        next++;
      }
      int moved = engine.doWork();
      if (moved > 0 || next > before) {
        lastProgress = now;
      } else if ((next < due || port.queued() > 0) && now - lastProgress > STUCK_NS) {
        return next;
      }
      if (next == before) {
        waitNs.accept(WAIT_NS);
      }
    }
    return next;
  }

  private static int due(long elapsedNs, int perSecond, int all) {
    if (perSecond == 0) {
      return all;
    }
    return (int) Math.min(all, 1 + elapsedNs / NS_PER_SECOND * perSecond);
  }

  private boolean offer(byte[] datagram, Endpoint to) {
    long at = port.reserve(datagram.length);
    if (at == PacketPort.TOO_LARGE) {
      return true;
    }
    if (at < 0) {
      return false;
    }
    MemorySegment.copy(MemorySegment.ofArray(datagram), 0, port.sendSegment(), at, datagram.length);
    port.commit(datagram.length, to.high(), to.low(), to.port());
    return true;
  }
}
