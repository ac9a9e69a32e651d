package org.vexor.packet.xdp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// No frame is ever in two places, and none is lost: any order of steps of engine, kernel and
/// users, handlers that throw or retain, a close in the middle, indexes that pass 2^32.
final class FrameHomesTest {
  private static final int RECEIVE_FRAMES = 12;
  private static final int TRANSMIT_FRAMES = 8;
  private static final int RESERVE = 3;
  private static final int RING = 8;
  private static final int TARGET = 6;

  /// What an engine does, and what happens to it.
  enum Step {
    REFILL,
    KERNEL_TAKES,
    PACKETS_COME,
    RECEIVE,
    RECEIVE_AND_RETAIN,
    RECEIVE_AND_THROW,
    USER_RELEASES,
    OWNER_RECLAIMS,
    RESERVE_AND_COMMIT,
    SEND,
    KERNEL_SENDS,
    KERNEL_COMPLETES,
    COMPLETE,
    SOCKET_REPLACED
  }

  private final PacketMemory memory =
      new PacketMemory(RECEIVE_FRAMES, TRANSMIT_FRAMES, RESERVE, 2048);
  private final List<Integer> retained = new ArrayList<>();
  private final List<Integer> committed = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom(0);
  private FakeKernel kernel = new FakeKernel(RING, 0, random);
  private QueueRings rings = kernel.rings(memory, TARGET);

  @Property(tries = 2000)
  void everyFrameIsInOnePlaceWhateverHappens(
      @ForAll @Size(min = 1, max = 150) List<Step> steps,
      @ForAll @IntRange(min = -20, max = 0) int start,
      @ForAll long seed) {
    random = new SplittableRandom(seed);
    open(start);
    for (Step step : steps) {
      go(step, start);
      check();
    }
    for (int frame : retained) {
      memory.receive().release(frame);
    }
    for (int frame : committed) {
      memory.giveTransmit(frame);
    }
    retained.clear();
    committed.clear();
    rings.reclaim();
    assertEquals(0, memory.outstanding());
    assertEquals(RECEIVE_FRAMES, free(true).size());
    assertEquals(TRANSMIT_FRAMES, free(false).size());
  }

  private void open(int start) {
    kernel = new FakeKernel(RING, start, random);
    rings = kernel.rings(memory, TARGET);
  }

  private void go(Step step, int start) {
    switch (step) {
      case REFILL -> rings.refill();
      case KERNEL_TAKES -> kernel.takesEmptyFrames();
      case PACKETS_COME -> kernel.bringsPackets();
      case RECEIVE -> receive((_, _, _) -> {});
      case RECEIVE_AND_RETAIN ->
          receive(
              (frame, _, _) -> {
                if (memory.receive().retain(frame)) {
                  retained.add(frame);
                }
              });
      case RECEIVE_AND_THROW ->
          receive(
              (frame, _, _) -> {
                if (random.nextInt(3) == 0) {
                  if (random.nextBoolean() && memory.receive().retain(frame)) {
                    retained.add(frame);
                  }
                  throw new Refusal();
                }
              });
      case USER_RELEASES -> {
        if (!retained.isEmpty()) {
          memory.receive().release(retained.remove(/* index */ random.nextInt(retained.size())));
        }
      }
      case OWNER_RECLAIMS -> memory.receive().reclaim();
      case RESERVE_AND_COMMIT -> {
        int frame = memory.takeTransmit();
        if (frame != PacketMemory.NONE) {
          committed.add(frame);
        }
      }
      case SEND -> send();
      case KERNEL_SENDS -> kernel.takesPacketsToSend();
      case KERNEL_COMPLETES -> kernel.completes();
      case COMPLETE -> rings.complete();
      case SOCKET_REPLACED -> {
        rings.reclaim();
        open(start);
      }
    }
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void receive(QueueRings.Arrival arrival) {
    try {
      int _ = rings.receive(random.nextInt(RING) + 1, arrival);
    } catch (Refusal e) {
      // As an engine's caller would see it; the state is what matters.
    }
  }

  private void send() {
    int room = rings.room(committed.size());
    int count = random.nextInt(room + 1);
    for (int i = 0; i < count; i++) {
      int frame = committed.removeFirst();
      rings.put(i, frame, memory.offset(frame) + 22, 60);
    }
    rings.submit(count);
  }

  /// The kernel's frames, those of users and those committed are all different ones, and with the
  /// free ones they are all there are.
  private void check() {
    Set<Integer> seen = new HashSet<>();
    int receiving = 0;
    int sending = 0;
    for (long address : kernel.addresses()) {
      int frame = memory.frame(address);
      assertTrue(seen.add(frame), () -> "frame " + frame + " is with the kernel twice");
      if (memory.isReceive(frame)) {
        receiving++;
      } else {
        sending++;
      }
    }
    for (int frame : new HashSet<>(retained)) {
      assertTrue(seen.add(frame), () -> "frame " + frame + " is retained and with the kernel");
    }
    for (int frame : committed) {
      assertTrue(seen.add(frame), () -> "frame " + frame + " is committed and elsewhere");
    }
    assertEquals(receiving, rings.filled());
    assertEquals(sending, rings.sending());
    memory.receive().reclaim();
    assertEquals(
        RECEIVE_FRAMES, receiving + memory.receive().available() + memory.receive().retained());
    assertEquals(new HashSet<>(retained).size(), memory.receive().retained());
    assertEquals(TRANSMIT_FRAMES, sending + committed.size() + memory.transmitAvailable());
    Set<Integer> free = free(true);
    free.addAll(free(false));
    assertTrue(free.stream().allMatch(seen::add), "a free frame is elsewhere too");
  }

  /// The free frames: takes them and gives them back.
  private Set<Integer> free(boolean receive) {
    List<Integer> taken = new ArrayList<>();
    int frame;
    while ((frame = receive ? memory.receive().take() : memory.takeTransmit()) >= 0) {
      taken.add(frame);
    }
    for (int one : taken.reversed()) {
      if (receive) {
        memory.receive().give(one);
      } else {
        memory.giveTransmit(one);
      }
    }
    Set<Integer> different = new HashSet<>(taken);
    assertEquals(taken.size(), different.size(), "a frame is free twice");
    return different;
  }
}
