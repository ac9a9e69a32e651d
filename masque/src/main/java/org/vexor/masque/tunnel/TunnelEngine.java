package org.vexor.masque.tunnel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.MessageHandler;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.client.ClientStatus;
import org.vexor.masque.client.MasqueClient;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.FrameDatagram;
import org.vexor.packet.frame.FrameLedger;

/// The ports of this engine reach the world through a proxy. Many engines may share one client,
/// which is the caller's.
///
/// A datagram counts as sent when its tunnel has taken it; what becomes of it there the tunnel
/// counts ([org.vexor.masque.client.TunnelCounters]).
public final class TunnelEngine implements PacketEngine {
  private static final int RECEIVE_LIMIT = 256;
  private static final int FIRST_EPHEMERAL = 49_152;
  private static final int EPHEMERALS = 16_384;
  private static final long CARE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(500);

  private final MasqueClient client;
  private final EngineOptions options;
  private final TunnelOptions bounds;
  private final FrameLedger ledger;
  private final MemorySegment frames;
  private final FrameDatagram datagram;
  private final Arrivals arrivals;
  private final MemorySegment arrived;
  private final MessageHandler arrivalHandler = this::arrived;
  private final TrafficCounters counters = new TrafficCounters();
  private final TrafficCounters lostArrivals = new TrafficCounters(counters);
  private final List<TunnelPort> ports = new CopyOnWriteArrayList<>();
  private final Set<Integer> numbers = new HashSet<>();
  private final Long2ObjectHashMap<PortTunnel> tunnels = new Long2ObjectHashMap<>();
  private int nextEphemeral;
  private long nextTunnel;
  private long nowNs = System.nanoTime();
  private long caredNs = nowNs;
  private volatile boolean closed;

  public TunnelEngine(MasqueClient client, EngineOptions options, TunnelOptions bounds) {
    this.client = client;
    this.options = options;
    this.bounds = bounds;
    this.ledger =
        new FrameLedger(options.receiveFrames(), Math.max(1, options.receiveFrames() / 8));
    this.frames =
        Arena.ofAuto().allocate((long) options.receiveFrames() * options.maxPayloadBytes());
    this.datagram = new FrameDatagram(frames, ledger);
    this.arrivals = new Arrivals(bounds.arrivalBytes());
    this.arrived = MemorySegment.ofBuffer(arrivals.memory());
  }

  @Override
  public PacketPort open(PortOptions portOptions, DatagramHandler handler) {
    Endpoint wanted = portOptions.bind();
    if (closed) {
      throw new PortException("port " + wanted + " not opened: the engine is closed");
    }
    int number = wanted.port() == 0 ? freeNumber() : wanted.port();
    if (!numbers.add(number)) {
      throw new PortException(
          "port " + wanted + " not opened: another port of this tunnel engine has its number",
          "take another number, or 0");
    }
    var port =
        new TunnelPort(
            this, options, wanted.withPort(number), handler, new TrafficCounters(counters));
    ports.add(port);
    return port;
  }

  private int freeNumber() {
    for (int i = 0; i < EPHEMERALS; i++) {
      int number = FIRST_EPHEMERAL + (nextEphemeral + i) % EPHEMERALS;
      if (!numbers.contains(number)) {
        nextEphemeral = (nextEphemeral + i + 1) % EPHEMERALS;
        return number;
      }
    }
    throw new PortException("no port opened: this tunnel engine has no number left");
  }

  /// A tunnel for a port; null when there are as many as there may be.
  @Nullable PortTunnel openTunnel(TunnelPort port, long high, long low, int number) {
    if (tunnels.size() >= bounds.tunnels() || number == 0) {
      return null;
    }
    var tunnel =
        new PortTunnel(
            nextTunnel++, port, new Endpoint(high, low, number), client, arrivals, nowNs);
    tunnels.put(tunnel.number(), tunnel);
    port.tunnels().put(tunnel);
    return tunnel;
  }

  long nowNs() {
    return nowNs;
  }

  @Override
  public int doWork() {
    ledger.reclaim();
    nowNs = System.nanoTime();
    int work = arrivals.drain(arrivalHandler, RECEIVE_LIMIT);
    for (TunnelPort port : ports) {
      work += port.flush();
    }
    if (nowNs - caredNs > CARE_INTERVAL_NS) {
      caredNs = nowNs;
      care();
    }
    return work;
  }

  /// Called by the ring; an exception of a handler leaves it after the ring has freed the place.
  private void arrived(int type, MutableDirectBuffer buffer, int index, int length) {
    int bytes = length - Arrivals.NUMBER_BYTES;
    PortTunnel from = tunnels.get(buffer.getLong(index));
    if (from == null) {
      lostArrivals.dropped(DropReason.RECEIVE_PORT_CLOSED, 1);
      return;
    }
    TrafficCounters port = from.owner().counters();
    if (bytes > options.maxPayloadBytes()) {
      port.dropped(DropReason.RECEIVE_TRUNCATED, 1);
      return;
    }
    int frame = ledger.take();
    if (frame == FrameLedger.NONE) {
      port.dropped(DropReason.RECEIVE_NO_FRAME, 1);
      return;
    }
    try {
      long offset = (long) frame * options.maxPayloadBytes();
      MemorySegment.copy(arrived, index + Arrivals.NUMBER_BYTES, frames, offset, bytes);
      from.used(nowNs);
      datagram.payload(frame, offset, bytes, nowNs);
      from.owner().received(from, datagram);
    } finally {
      ledger.give(frame);
    }
  }

  /// Closes unused tunnels, tells of refused ones, and takes up what the ring had no room for.
  private void care() {
    long lost = arrivals.dropped() - lostArrivals.dropped(DropReason.RECEIVE_BUFFER_FULL);
    if (lost > 0) {
      lostArrivals.dropped(DropReason.RECEIVE_BUFFER_FULL, lost);
    }
    long idleNs = bounds.idle().toNanos();
    for (PortTunnel each : new ArrayList<>(tunnels.values())) {
      if (each.isIdle(nowNs, idleNs)) {
        retire(each);
      } else if (each.takeRefused()) {
        each.owner().refused(each);
      }
    }
  }

  private void retire(PortTunnel tunnel) {
    tunnels.remove(tunnel.number());
    tunnel.owner().tunnels().remove(tunnel);
    tunnel.tunnel().close();
  }

  @Override
  public void await(long timeoutNs) {
    // Care is due now and then, also where nothing arrives.
    arrivals.await(tunnels.isEmpty() ? timeoutNs : Math.min(timeoutNs, CARE_INTERVAL_NS));
  }

  @Override
  public void wakeup() {
    arrivals.wakeup();
  }

  @Override
  public void release(long frame) {
    ledger.release(Math.toIntExact(frame));
  }

  @Override
  public BackendReport report() {
    ClientStatus status = client.status();
    return new BackendReport(
        Backend.TUNNEL,
        "CONNECT-UDP by " + client.options().template().authority() + ", " + status,
        status.since(),
        List.of(Attempt.inUse(Backend.TUNNEL)));
  }

  @Override
  public List<PacketPort> ports() {
    return List.copyOf(ports);
  }

  /// Tunnels that are open or being opened. Owner.
  public int tunnels() {
    return tunnels.size();
  }

  @Override
  public TrafficCounters counters() {
    return counters;
  }

  void closed(TunnelPort port) {
    ports.remove(port);
    numbers.remove(port.localEndpoint().port());
    for (PortTunnel each : new ArrayList<>(tunnels.values())) {
      if (each.owner().equals(port)) {
        retire(each);
      }
    }
  }

  /// Closes its ports and their tunnels; the client stays.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ports.forEach(TunnelPort::close);
    }
  }
}
