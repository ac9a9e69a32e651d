package org.vexor.packet.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.FrameLedger;

/// A host on a [MemoryNetwork].
final class MemoryEngine implements PacketEngine {
  private final MemoryNetwork network;
  private final EngineOptions options;
  private final Instant since = Instant.now();
  private final FrameLedger ledger;
  private final MemorySegment frames;
  private final List<MemoryPort> ports = new CopyOnWriteArrayList<>();
  private final TrafficCounters counters = new TrafficCounters();
  private final Semaphore arrivals = new Semaphore(0);
  private volatile boolean closed;

  MemoryEngine(MemoryNetwork network, EngineOptions options) {
    this.network = network;
    this.options = options;
    this.ledger =
        new FrameLedger(options.receiveFrames(), Math.max(1, options.receiveFrames() / 8));
    this.frames =
        Arena.ofAuto().allocate((long) options.receiveFrames() * options.maxPayloadBytes());
  }

  @Override
  public PacketPort open(PortOptions portOptions, DatagramHandler handler) {
    if (closed) {
      throw new PortException("port " + portOptions.bind() + " not opened: the engine is closed");
    }
    var port =
        new MemoryPort(this, options, portOptions.bind(), handler, new TrafficCounters(counters));
    ports.add(port);
    return port;
  }

  @Override
  public int doWork() {
    ledger.reclaim();
    arrivals.drainPermits();
    int work = 0;
    for (MemoryPort port : ports) {
      work += port.receive();
    }
    for (MemoryPort port : ports) {
      work += port.flush();
    }
    return work;
  }

  @Override
  public void await(long timeoutNs) {
    long dueInNs = timeoutNs;
    for (MemoryPort port : ports) {
      dueInNs = Math.min(dueInNs, port.dueInNs(network.nowNs()));
    }
    try {
      if (dueInNs > 0 && arrivals.tryAcquire(dueInNs, TimeUnit.NANOSECONDS)) {
        arrivals.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void wakeup() {
    arrivals.release();
  }

  @Override
  public void release(long frame) {
    ledger.release(Math.toIntExact(frame));
  }

  @Override
  public BackendReport report() {
    return new BackendReport(
        Backend.MEMORY,
        "simulated network",
        since,
        List.of(BackendReport.Attempt.inUse(Backend.MEMORY)));
  }

  @Override
  public List<PacketPort> ports() {
    return List.copyOf(ports);
  }

  @Override
  public TrafficCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ports.forEach(MemoryPort::close);
    }
  }

  MemoryNetwork network() {
    return network;
  }

  FrameLedger ledger() {
    return ledger;
  }

  MemorySegment frames() {
    return frames;
  }

  void closed(MemoryPort port) {
    ports.remove(port);
  }
}
