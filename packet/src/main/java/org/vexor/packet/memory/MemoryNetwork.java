package org.vexor.packet.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortException;

/// A simulated IP network. Each engine made by [#engine] is a host on it; any address may be bound
/// that nobody has.
public final class MemoryNetwork {
  private static final int FIRST_EPHEMERAL_PORT = 49_152;

  private final Map<Endpoint, MemoryPort> bound = new HashMap<>();
  private final SplittableRandom random;
  private final LongSupplier clockNs;
  private Impairment impairment = Impairment.NONE;
  private long sequence;
  private long duplicates;

  /// @param seed of all losses, delays and duplications
  /// @param clockNs time that datagrams are due by; only differences matter
  public MemoryNetwork(long seed, LongSupplier clockNs) {
    this.random = new SplittableRandom(seed);
    this.clockNs = clockNs;
  }

  /// On the system's clock.
  public MemoryNetwork(long seed) {
    this(seed, System::nanoTime);
  }

  /// A new host.
  public PacketEngine engine(EngineOptions options) {
    return new MemoryEngine(this, options);
  }

  /// Changes what happens to datagrams that are sent from now on.
  public synchronized void impair(Impairment newImpairment) {
    impairment = newImpairment;
  }

  /// How many datagrams were delivered once more than they were sent.
  public synchronized long duplicates() {
    return duplicates;
  }

  long nowNs() {
    return clockNs.getAsLong();
  }

  synchronized Endpoint bind(MemoryPort port, Endpoint wanted) {
    Endpoint endpoint = wanted.port() == 0 ? ephemeral(wanted) : wanted;
    if (bound.putIfAbsent(endpoint, port) != null) {
      throw new PortException(
          "memory port " + endpoint + " cannot be bound: it is in use; choose another");
    }
    return endpoint;
  }

  private Endpoint ephemeral(Endpoint wanted) {
    for (int number = FIRST_EPHEMERAL_PORT; number <= 0xffff; number++) {
      if (!bound.containsKey(wanted.withPort(number))) {
        return wanted.withPort(number);
      }
    }
    throw new PortException(
        "memory port " + wanted + ": all ephemeral ports of the address are in use");
  }

  synchronized void unbind(Endpoint endpoint) {
    bound.remove(endpoint);
  }

  /// Sends a copy on its way; every copy that does not get there is counted at the sender.
  synchronized void send(
      MemoryPort from, MemorySegment segment, long offset, int length, Endpoint to) {
    if (random.nextDouble() < impairment.loss()) {
      from.counters().dropped(DropReason.INJECTED_LOSS, 1);
      return;
    }
    var payload =
        MemorySegment.ofArray(segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    deliver(from, payload, to);
    if (random.nextDouble() < impairment.duplication()) {
      duplicates++;
      deliver(from, payload, to);
    }
  }

  private void deliver(MemoryPort from, MemorySegment payload, Endpoint to) {
    MemoryPort receiver = bound.get(to);
    if (receiver == null) {
      from.nobodyAt(to);
      return;
    }
    long jitter = impairment.jitterNs() == 0 ? 0 : random.nextLong(impairment.jitterNs());
    long dueNs = nowNs() + impairment.delayNs() + jitter;
    if (!receiver.enqueue(
        new Transit(dueNs, sequence++, payload, from.localEndpoint()),
        impairment.queueDatagrams())) {
      from.counters().dropped(DropReason.RECEIVE_BUFFER_FULL, 1);
    }
  }

  /// A datagram under way; of two that are due together the one sent first arrives first.
  record Transit(long dueNs, long sequence, MemorySegment payload, Endpoint source)
      implements Comparable<Transit> {
    @Override
    public int compareTo(Transit other) {
      int byTime = Long.compare(dueNs - other.dueNs, 0);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
