package org.vexor.packet.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.FrameDatagram;
import org.vexor.packet.frame.FrameLedger;
import org.vexor.packet.frame.RingPort;
import org.vexor.packet.frame.SendRing;
import org.vexor.packet.memory.MemoryNetwork.Transit;

/// A port of a [MemoryEngine].
final class MemoryPort extends RingPort {
  private static final int RECEIVE_LIMIT = 256;

  private final MemoryEngine engine;
  private final Endpoint local;
  private final DatagramHandler handler;
  private final PriorityQueue<Transit> inbound = new PriorityQueue<>();
  private final FrameDatagram datagram;
  private Optional<Endpoint> peer = Optional.empty();
  private boolean peerRefused;

  MemoryPort(
      MemoryEngine engine,
      EngineOptions options,
      Endpoint wanted,
      DatagramHandler handler,
      TrafficCounters counters) {
    super(ring(options, counters), counters, options.maxPayloadBytes());
    this.engine = engine;
    this.handler = handler;
    this.datagram = new FrameDatagram(engine.frames(), engine.ledger());
    this.local = engine.network().bind(this, wanted);
  }

  private static SendRing ring(EngineOptions options, TrafficCounters counters) {
    int slotBytes = options.maxPayloadBytes();
    MemorySegment memory = Arena.ofAuto().allocate((long) options.sendFrames() * slotBytes);
    return new SendRing(memory, options.sendFrames(), slotBytes, 0, slotBytes, counters);
  }

  /// Called by the sender's thread.
  boolean enqueue(Transit transit, int limit) {
    synchronized (inbound) {
      if (!isOpen() || inbound.size() >= limit) {
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
    while (isOpen() && received < RECEIVE_LIMIT) {
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
    if (length > maxPayloadBytes()) {
      counters().dropped(DropReason.RECEIVE_TRUNCATED, 1);
      return;
    }
    FrameLedger ledger = engine.ledger();
    int frame = ledger.take();
    if (frame == FrameLedger.NONE) {
      counters().dropped(DropReason.RECEIVE_NO_FRAME, 1);
      return;
    }
    try {
      long offset = (long) frame * maxPayloadBytes();
      MemorySegment.copy(transit.payload(), 0, engine.frames(), offset, length);
      counters().received(length);
      datagram.payload(frame, offset, length, nowNs);
      Endpoint source = transit.source();
      datagram.source(source.high(), source.low(), source.port());
      handler.onDatagram(this, datagram);
    } finally {
      ledger.give(frame);
    }
  }

  @Override
  public int flush() {
    SendRing ring = ring();
    int sent = ring.size();
    for (int ahead = 0; ahead < sent; ahead++) {
      int slot = ring.slot(ahead);
      counters().sent(ring.length(slot));
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
    if (peerRefused) {
      peerRefused = false;
      handler.onPeerRefused(this);
    }
    return sent;
  }

  @Override
  public boolean connect(Endpoint other) {
    peer = Optional.of(other);
    return true;
  }

  @Override
  public void disconnect() {
    peer = Optional.empty();
  }

  /// Nobody is at the destination of a datagram that this port sent.
  void nobodyAt(Endpoint destination) {
    counters().dropped(DropReason.NO_RECEIVER, 1);
    peerRefused |= peer.isPresent() && peer.get().equals(destination);
  }

  @Override
  public Endpoint localEndpoint() {
    return local;
  }

  @Override
  protected void release() {
    engine.network().unbind(local);
    synchronized (inbound) {
      counters().dropped(DropReason.RECEIVE_PORT_CLOSED, inbound.size());
      inbound.clear();
    }
    engine.closed(this);
  }
}
