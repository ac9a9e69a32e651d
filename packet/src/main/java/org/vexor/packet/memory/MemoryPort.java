package org.vexor.packet.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketPort;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.FrameLedger;
import org.vexor.packet.frame.SendRing;
import org.vexor.packet.memory.MemoryNetwork.Transit;

/// A port of a [MemoryEngine].
final class MemoryPort implements PacketPort {
  private static final int RECEIVE_LIMIT = 256;

  private final MemoryEngine engine;
  private final Endpoint local;
  private final int maxPayloadBytes;
  private final DatagramHandler handler;
  private final TrafficCounters counters;
  private final SendRing ring;
  private final PriorityQueue<Transit> inbound = new PriorityQueue<>();
  private final Lent lent = new Lent();
  private volatile boolean open = true;

  MemoryPort(
      MemoryEngine engine,
      EngineOptions options,
      Endpoint wanted,
      DatagramHandler handler,
      TrafficCounters counters) {
    this.engine = engine;
    this.maxPayloadBytes = options.maxPayloadBytes();
    this.handler = handler;
    this.counters = counters;
    MemorySegment memory = Arena.ofAuto().allocate((long) options.sendFrames() * maxPayloadBytes);
    this.ring =
        new SendRing(memory, options.sendFrames(), maxPayloadBytes, 0, maxPayloadBytes, counters);
    this.local = engine.network().bind(this, wanted);
  }

  /// Called by the sender's thread.
  boolean enqueue(Transit transit, int limit) {
    synchronized (inbound) {
      if (!open || inbound.size() >= limit) {
        return false;
      }
      inbound.add(transit);
    }
    engine.wakeup();
    return true;
  }

  /// How long until the next datagram is due; `Long.MAX_VALUE` when none is under way.
  long dueInNs(long nowNs) {
    synchronized (inbound) {
      Transit next = inbound.peek();
      return next == null ? Long.MAX_VALUE : next.dueNs() - nowNs;
    }
  }

  int receive() {
    int received = 0;
    long nowNs = engine.network().nowNs();
    while (open && received < RECEIVE_LIMIT) {
      Transit transit = due(nowNs);
      if (transit == null) {
        break;
      }
      hand(transit, nowNs);
      received++;
    }
    return received;
  }

  private @Nullable Transit due(long nowNs) {
    synchronized (inbound) {
      Transit next = inbound.peek();
      return next != null && next.dueNs() - nowNs <= 0 ? inbound.poll() : null;
    }
  }

  private void hand(Transit transit, long nowNs) {
    int length = (int) transit.payload().byteSize();
    if (length > maxPayloadBytes) {
      counters.dropped(DropReason.RECEIVE_TRUNCATED, 1);
      return;
    }
    FrameLedger ledger = engine.ledger();
    int frame = ledger.take();
    if (frame == FrameLedger.NONE) {
      counters.dropped(DropReason.RECEIVE_NO_FRAME, 1);
      return;
    }
    try {
      long offset = (long) frame * maxPayloadBytes;
      MemorySegment.copy(transit.payload(), 0, engine.frames(), offset, length);
      counters.received(length);
      lent.frame = frame;
      lent.length = length;
      lent.source = transit.source();
      lent.receivedNs = nowNs;
      handler.onDatagram(this, lent);
    } finally {
      ledger.give(frame);
    }
  }

  @Override
  public int flush() {
    int sent = ring.size();
    for (int ahead = 0; ahead < sent; ahead++) {
      int slot = ring.slot(ahead);
      counters.sent(ring.length(slot));
      engine
          .network()
          .send(
              this,
              ring.segment(),
              ring.offset(slot),
              ring.length(slot),
              new Endpoint(ring.high(slot), ring.low(slot), ring.port(slot)));
    }
    ring.pop(sent);
    return sent;
  }

  @Override
  public Endpoint localEndpoint() {
    return local;
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
    flush();
    open = false;
    engine.network().unbind(local);
    synchronized (inbound) {
      counters.dropped(DropReason.PORT_CLOSED, inbound.size());
      inbound.clear();
    }
    engine.closed(this);
  }

  private final class Lent implements Datagram {
    private int frame;
    private int length;
    private Endpoint source = Endpoint.loopback(0);
    private long receivedNs;

    @Override
    public MemorySegment segment() {
      return engine.frames();
    }

    @Override
    public long offset() {
      return (long) frame * maxPayloadBytes;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public long sourceHigh() {
      return source.high();
    }

    @Override
    public long sourceLow() {
      return source.low();
    }

    @Override
    public int sourcePort() {
      return source.port();
    }

    @Override
    public long receivedNs() {
      return receivedNs;
    }

    @Override
    public long retain() {
      return engine.ledger().retain(frame) ? frame : NOT_RETAINED;
    }
  }
}
