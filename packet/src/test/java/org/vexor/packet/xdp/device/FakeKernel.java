package org.vexor.packet.xdp.device;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.vexor.linux.xdp.CompletionRing;
import org.vexor.linux.xdp.FillRing;
import org.vexor.linux.xdp.ReceiveRing;
import org.vexor.linux.xdp.RingOffsets;
import org.vexor.linux.xdp.TransmitRing;

/// The kernel's side of four rings in plain memory, whose indexes start where it is told: takes
/// frames, brings packets in them, sends and completes in any order.
final class FakeKernel {
  private static final RingOffsets OFFSETS = new RingOffsets(0, 128, 320, 196);
  private static final int DESCRIPTOR_BYTES = 16;

  /// Where the kernel lets a packet begin in its frame.
  private static final int HEADROOM_BYTES = 256;

  private final Ring fill;
  private final Ring receive;
  private final Ring transmit;
  private final Ring completion;
  private final SplittableRandom random;

  /// Frames, by address, that it took to receive into, and to send.
  private final List<Long> empty = new ArrayList<>();

  private final List<Long> sent = new ArrayList<>();

  FakeKernel(int size, int start, SplittableRandom random) {
    this.random = random;
    fill = new Ring(size, start, Long.BYTES);
    receive = new Ring(size, start, DESCRIPTOR_BYTES);
    transmit = new Ring(size, start, DESCRIPTOR_BYTES);
    completion = new Ring(size, start, Long.BYTES);
  }

  QueueRings rings(PacketMemory memory, int target) {
    return new QueueRings(
        memory,
        new FillRing(fill.memory, OFFSETS, fill.size),
        new ReceiveRing(receive.memory, OFFSETS, receive.size),
        new TransmitRing(transmit.memory, OFFSETS, transmit.size),
        new CompletionRing(completion.memory, OFFSETS, completion.size),
        target);
  }

  void takesEmptyFrames() {
    take(fill, empty);
  }

  void takesPacketsToSend() {
    take(transmit, sent);
  }

  private void take(Ring ring, List<Long> to) {
    for (int left = random.nextInt(ring.used() + 1); left > 0; left--) {
      to.add(ring.memory.get(JAVA_LONG, ring.entry(ring.consumer())));
      ring.memory.set(JAVA_INT, OFFSETS.consumer(), ring.consumer() + 1);
    }
  }

  void bringsPackets() {
    bring(receive, empty, HEADROOM_BYTES);
  }

  void completes() {
    bring(completion, sent, 0);
  }

  private void bring(Ring ring, List<Long> from, int headroom) {
    int room = Math.min(ring.size - ring.used(), from.size());
    for (int left = random.nextInt(room + 1); left > 0; left--) {
      long address = from.remove(random.nextInt(from.size())) + headroom;
      long entry = ring.entry(ring.producer());
      ring.memory.set(JAVA_LONG, entry, address);
      if (ring.entryBytes == DESCRIPTOR_BYTES) {
        ring.memory.set(JAVA_INT, entry + 8, 60);
      }
      ring.memory.set(JAVA_INT, OFFSETS.producer(), ring.producer() + 1);
    }
  }

  /// Every address that it has, or that lies on a ring.
  List<Long> addresses() {
    List<Long> all = new ArrayList<>(empty);
    all.addAll(sent);
    for (Ring ring : List.of(fill, receive, transmit, completion)) {
      for (int i = 0; i < ring.used(); i++) {
        all.add(ring.memory.get(JAVA_LONG, ring.entry(ring.consumer() + i)));
      }
    }
    return all;
  }

  /// One ring in memory.
  private static final class Ring {
    private final MemorySegment memory;
    private final int size;
    private final int entryBytes;

    Ring(int size, int start, int entryBytes) {
      this.size = size;
      this.entryBytes = entryBytes;
      memory = Arena.ofAuto().allocate(OFFSETS.entries() + (long) size * entryBytes, 64);
      memory.set(JAVA_INT, OFFSETS.producer(), start);
      memory.set(JAVA_INT, OFFSETS.consumer(), start);
    }

    int producer() {
      return memory.get(JAVA_INT, OFFSETS.producer());
    }

    int consumer() {
      return memory.get(JAVA_INT, OFFSETS.consumer());
    }

    int used() {
      return producer() - consumer();
    }

    long entry(int index) {
      return OFFSETS.entries() + (long) (index & size - 1) * entryBytes;
    }
  }
}
