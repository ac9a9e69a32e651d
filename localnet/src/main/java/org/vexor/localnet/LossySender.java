package org.vexor.localnet;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;

/// Sends each shred to every node but its leader, at the address that its leader has of it, or
/// throws it away as the dice say. One thread; its counts may be read by others once it is known to
/// be done.
final class LossySender {
  /// In one go, so that a burst of sets leaves time to the receivers of a machine of two cores.
  private static final int SEND_LIMIT = 128;

  private final List<PacketPort> ports;
  private final List<AddressBook> books;
  private final double loss;
  private final SplittableRandom[] dice;
  private final ArrayDeque<Shred> backlog = new ArrayDeque<>();
  private int nextReceiver;
  private long addressed;
  private long injected;
  private long unknown;

  private record Shred(int leader, MemorySegment bytes) {}

  /// @param ports what each node sends by
  /// @param books where each node believes the others to be
  LossySender(List<PacketPort> ports, List<AddressBook> books, double loss, long seed) {
    this.ports = List.copyOf(ports);
    this.books = List.copyOf(books);
    this.loss = loss;
    dice = new SplittableRandom[books.size()];
    SplittableRandom random = new SplittableRandom(~seed);
    for (int i = 0; i < dice.length; i++) {
      dice[i] = random.split();
    }
  }

  void add(int leader, byte[] shred) {
    backlog.add(new Shred(leader, MemorySegment.ofArray(shred)));
  }

  boolean isDone() {
    return backlog.isEmpty();
  }

  /// Sends some of what was added; all of it within a few calls.
  ///
  /// @return datagrams sent or thrown away
  int doWork() {
    int work = 0;
    while (work < SEND_LIMIT) {
      Shred shred = backlog.peek();
      if (shred == null) {
        break;
      }
      if (nextReceiver == books.size()) {
        nextReceiver = 0;
        backlog.remove();
      } else if (nextReceiver == shred.leader()) {
        nextReceiver++;
      } else if (send(shred)) {
        nextReceiver++;
        work++;
      } else {
        break;
      }
    }
    return work;
  }

  private boolean send(Shred shred) {
    PacketPort port = ports.get(shred.leader());
    int length = Math.toIntExact(shred.bytes().byteSize());
    long offset = port.reserve(length);
    if (offset == PacketPort.FULL) {
      return false;
    }
    if (offset < 0) {
      throw new IllegalStateException(
          "port " + port.localEndpoint() + " refused a shred of " + length + " bytes: " + offset);
    }
    addressed++;
    if (dice[nextReceiver].nextDouble() < loss) {
      port.cancel();
      injected++;
      return true;
    }
    Optional<Endpoint> known = books.get(shred.leader()).tvu(nextReceiver);
    if (known.isEmpty()) {
      port.cancel();
      unknown++;
      return true;
    }
    Endpoint to = known.get();
    MemorySegment.copy(shred.bytes(), 0, port.sendSegment(), offset, length);
    port.commit(length, to.high(), to.low(), to.port());
    return true;
  }

  /// Shreds times receivers.
  long addressed() {
    return addressed;
  }

  /// Of them, those thrown away.
  long injected() {
    return injected;
  }

  /// Of them, those whose leader did not know the receiver's address.
  long unknown() {
    return unknown;
  }
}
