package org.vexor.tpu.send;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;

/// Votes by UDP, a datagram each, as `tpu_vote` ports of leaders take them: nothing comes back.
///
/// Any thread offers; the thread that owns the engine calls [#doWork], and the engine's own.
public final class DatagramVotes {
  /// The largest datagram that a vote port takes (`PACKET_DATA_SIZE` of solana-packet).
  public static final int MAX_BYTES = 1_232;

  /// More than all leaders of several slots.
  private static final int WAITING = 256;

  private final PacketEngine engine;
  private final PacketPort port;
  private final ManyToOneConcurrentArrayQueue<Vote> queue =
      new ManyToOneConcurrentArrayQueue<>(WAITING);
  private final LongAdder refused = new LongAdder();
  private @Nullable Vote held;

  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  private record Vote(byte[] transaction, Endpoint to) {}

  /// On a port of its own.
  ///
  /// @throws org.vexor.packet.PortException when the address cannot be bound
  public DatagramVotes(PacketEngine engine, Endpoint bind) {
    this.engine = engine;
    this.port = engine.open(PortOptions.bind(bind), (_, _) -> {});
  }

  /// Hands a vote over; it is sent at the next [#doWork]. Any thread.
  ///
  /// @param transaction not to be changed any more
  /// @return false when it is too large, or too much waits
  public boolean offer(byte[] transaction, Endpoint to) {
    boolean taken =
        transaction.length > 0
            && transaction.length <= MAX_BYTES
            && queue.offer(new Vote(transaction, to));
    if (taken) {
      engine.wakeup();
    } else {
      refused.increment();
    }
    return taken;
  }

  /// Sends what waits. The engine's thread.
  ///
  /// @return how many datagrams were committed
  public int doWork() {
    int sent = 0;
    Vote next = held == null ? queue.poll() : held;
    while (next != null && send(next)) {
      sent++;
      next = queue.poll();
    }
    held = next;
    int _ = port.flush();
    return sent;
  }

  private boolean send(Vote vote) {
    long room = port.reserve(vote.transaction().length);
    if (room == PacketPort.FULL) {
      return false;
    }
    if (room < 0) {
      refused.increment();
      return true;
    }
    MemorySegment.copy(
        MemorySegment.ofArray(vote.transaction()),
        0,
        port.sendSegment(),
        room,
        vote.transaction().length);
    port.commit(vote.transaction().length, vote.to().high(), vote.to().low(), vote.to().port());
    return true;
  }

  /// What the port sent and dropped. Any thread.
  public PacketPort port() {
    return port;
  }

  /// Votes that were not taken. Any thread.
  public long refused() {
    return refused.sum();
  }
}
