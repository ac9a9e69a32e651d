package org.vexor.packet.batch;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.socket.ReceiveBatch;
import org.vexor.packet.DropReason;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.frame.FrameDatagram;
import org.vexor.packet.frame.FrameLedger;
import org.vexor.packet.socket.SocketPort;

/// Receives for all ports of an engine, one after another, into frames of its ledger.
final class Receiver {
  /// Messages of one recvmmsg: the call costs little beside 64 walks through the UDP stack.
  private static final int BATCH = 64;

  /// Received from one port before others have their turn.
  private static final int TURN = 256;

  private static final int LINE_BYTES = 64;

  private final FrameLedger ledger;
  private final MemorySegment frames;
  private final ReceiveBatch batch;
  private final FrameDatagram datagram;
  private final int frameBytes;
  private final int[] slots;

  /// Slots from 0 on that hold a frame; those lent and not replaced yet are [FrameLedger#NONE].
  private int filled;

  private boolean gaps;
  private Optional<SocketPort> port = Optional.empty();
  private int next;
  private int count;
  private long receivedNs;

  Receiver(EngineOptions options) {
    int total = options.receiveFrames();
    ledger = new FrameLedger(total, Math.max(1, total / 8));
    frameBytes = (options.maxPayloadBytes() + LINE_BYTES - 1) & -LINE_BYTES;
    // Collected when nobody refers to it any more, so a retained frame outlives the engine.
    frames = Arena.ofAuto().allocate((long) total * frameBytes, LINE_BYTES);
    slots = new int[Math.min(BATCH, total)];
    Arrays.fill(slots, FrameLedger.NONE);
    batch = new ReceiveBatch(Arena.ofAuto(), slots.length, frames, options.maxPayloadBytes());
    datagram = new FrameDatagram(frames, ledger);
  }

  FrameLedger ledger() {
    return ledger;
  }

  /// Whether datagrams wait here that a handler's exception left behind.
  boolean interrupted() {
    return next < count;
  }

  /// Delivers those.
  int resume() {
    return deliver();
  }

  /// Receives until the port's socket has no more, or others must have their turn.
  int receive(SocketPort from) {
    int work = 0;
    while (from.isOpen() && work < TURN) {
      int places = fill();
      int got = places == 0 ? -Errno.EAGAIN : batch.receive(from.number(), places);
      if (got <= 0) {
        check(-got, from);
        return work;
      }
      if (port.isEmpty() || port.get() != from) {
        port = Optional.of(from);
      }
      next = 0;
      count = got;
      receivedNs = System.nanoTime();
      // The counter only grows, so the last message of a batch says it for all.
      from.countLost(batch.dropped(got - 1));
      work += deliver();
      if (got < places) {
        return work;
      }
    }
    return work;
  }

  /// The port is closed: what was received for it and not delivered is lost.
  void abandon(SocketPort closed) {
    if (port.isPresent() && port.get() == closed) {
      if (next < count) {
        closed.counters().dropped(DropReason.RECEIVE_PORT_CLOSED, count - next);
      }
      count = 0;
      next = 0;
      port = Optional.empty();
    }
  }

  private int deliver() {
    int work = 0;
    while (next < count) {
      SocketPort to = port.orElseThrow();
      int message = next++;
      work++;
      if (batch.truncated(message)) {
        to.counters().dropped(DropReason.RECEIVE_TRUNCATED, 1);
        continue;
      }
      int frame = slots[message];
      slots[message] = FrameLedger.NONE;
      gaps = true;
      try {
        int length = batch.length(message);
        to.counters().received(length);
        datagram.payload(frame, batch.offset(message), length, receivedNs);
        datagram.source(
            batch.sourceHigh(message), batch.sourceLow(message), batch.sourcePort(message));
        to.handler().onDatagram(to, datagram);
      } finally {
        ledger.give(frame);
      }
    }
    return work;
  }

  /// Closes the gaps among the slots and fills up from the ledger.
  private int fill() {
    if (gaps) {
      int kept = 0;
      for (int slot = 0; slot < filled; slot++) {
        int frame = slots[slot];
        if (frame != FrameLedger.NONE) {
          slots[slot] = FrameLedger.NONE;
          put(kept++, frame);
        }
      }
      filled = kept;
      gaps = false;
    }
    while (filled < slots.length) {
      int frame = ledger.take();
      if (frame == FrameLedger.NONE) {
        break;
      }
      put(filled++, frame);
    }
    return filled;
  }

  private void put(int slot, int frame) {
    slots[slot] = frame;
    batch.point(slot, (long) frame * frameBytes);
  }

  /// Errors that a socket reports for something sent earlier are cleared by this report of them,
  /// and no datagram is lost by them; the others are mistakes of ours.
  private static void check(int errno, SocketPort from) {
    boolean mistake =
        switch (errno) {
          case Errno.EBADF, Errno.EFAULT, Errno.EINVAL, Errno.ENOTSOCK -> true;
          default -> false;
        };
    if (mistake) {
      throw new KernelException("recvmmsg", errno, "receiving on " + from.localEndpoint(), "");
    }
    from.socketError(errno);
  }
}
