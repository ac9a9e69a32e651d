package org.vexor.packet.uring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.process.EventFd;
import org.vexor.linux.process.PollSet;
import org.vexor.linux.uring.IoUring;
import org.vexor.linux.uring.MultishotReceive;
import org.vexor.packet.DropReason;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.frame.FrameDatagram;
import org.vexor.packet.socket.SocketPort;

/// Receives for all ports of an engine, by one request for each that the kernel keeps.
final class UringReceiver {
  /// Frames that the kernel has at a time. It takes one only while the ring is entered, so this
  /// bounds a turn, not a burst; few stay in the cache.
  private static final int LENT = 256;

  /// A completion for each lent frame, and as many that come without one.
  private static final int COMPLETIONS = 2 * LENT;

  private static final int REQUESTS = 64;

  /// Received before what waits to be sent has its turn.
  private static final int TURN = 256;

  /// The request that waits for a wake-up; those of ports are numbered from 0.
  private static final long WAKE = -1;

  private final MultishotReceive receive = new MultishotReceive(Arena.ofAuto());
  private final EventFd event;
  private final FrameLender lender;
  private final FrameDatagram datagram;
  private final List<PortRequest> requests = new ArrayList<>();
  private IoUring ring;
  private long numbers;
  private int latest;
  private boolean allArmed = true;
  private boolean closed;
  private boolean wakeArmed;

  /// @param event signalled when something is there, from when [#idle] said that nothing is
  UringReceiver(EngineOptions options, EventFd event) {
    this.event = event;
    ring = IoUring.open(REQUESTS, COMPLETIONS);
    try {
      ring.signal(event);
      lender = new FrameLender(options, LENT, ring);
    } catch (KernelException e) {
      ring.close();
      throw e;
    }
    datagram = new FrameDatagram(lender.frames(), lender.ledger());
  }

  /// How the kernel runs it, for reports.
  String mode() {
    return "multishot recvmsg, " + ring.mode() + "; sendmmsg";
  }

  void release(long frame) {
    lender.ledger().release(Math.toIntExact(frame));
  }

  /// From the next turn on the port is received for.
  void add(SocketPort port) {
    requests.add(new PortRequest(port, numbers++));
    allArmed = false;
  }

  /// Ends the request of a port that is being closed; what was received and not delivered is lost.
  void remove(SocketPort port) {
    PortRequest request = requests.stream().filter(r -> r.port() == port).findFirst().orElseThrow();
    requests.remove(request);
    if (request.armed() && enter()) {
      int _ = ring.cancel(request.number());
      boolean _ = enter();
    }
    int lost = 0;
    for (int i = 0; i < ring.available(); i++) {
      if (ring.userData(i) == request.number() && IoUring.bufferId(ring.flags(i)) >= 0) {
        lost++;
      }
    }
    if (lost > 0) {
      port.counters().dropped(DropReason.RECEIVE_PORT_CLOSED, lost);
    }
  }

  /// Lets the kernel receive, and delivers.
  int receive() {
    lender.ledger().reclaim();
    int work = 0;
    boolean more = true;
    while (more && work < TURN) {
      prepare();
      int got = deliver();
      work += got;
      more = got > 0 && !closed && (ring.needsEnter() || !allArmed);
    }
    return work;
  }

  /// Has the event signalled, or not, when something comes that [#idle] did not see.
  void signalling(boolean on) {
    ring.signalling(on);
  }

  /// Readies the ring for a sleep that ends when a datagram comes.
  ///
  /// @return false when something is there already
  boolean idle() {
    lender.ledger().reclaim();
    if (ring.available() == 0) {
      prepare();
    }
    return ring.available() == 0 && !ring.needsEnter();
  }

  /// Sleeps on the ring alone: one system call waits for datagrams and receives them.
  void sleep(long timeoutNs) {
    if (!wakeArmed) {
      wakeArmed = ring.poll(event.file(), PollSet.POLLIN, WAKE);
    }
    int _ = ring.enter(1, timeoutNs);
  }

  private void prepare() {
    ring.enable();
    boolean some = lender.lend();
    if (!allArmed && some) {
      arm();
    }
    if (ring.needsEnter() && !enter() && ring.available() == 0) {
      move();
    }
  }

  private void arm() {
    allArmed = true;
    for (PortRequest request : requests) {
      if (!request.armed()) {
        boolean queued =
            receive.arm(ring, request.port().number(), lender.buffers(), request.number());
        request.armed(queued);
        allArmed &= queued;
      }
    }
  }

  /// @return false when the ring belongs to another thread
  private boolean enter() {
    int taken = ring.enter();
    return switch (-taken) {
      case Errno.EEXIST -> false;
      case Errno.EBADF, Errno.EFAULT, Errno.EINVAL, Errno.EOPNOTSUPP ->
          throw new KernelException("io_uring_enter", -taken, "receiving", "");
      default -> true;
    };
  }

  /// Makes the ring again, for this thread.
  private void move() {
    IoUring fresh = IoUring.open(REQUESTS, COMPLETIONS);
    ring.close();
    ring = fresh;
    lender.move(fresh);
    fresh.signal(event);
    requests.forEach(request -> request.armed(false));
    allArmed = false;
    wakeArmed = false;
    fresh.enable();
  }

  private int deliver() {
    int there = Math.min(ring.available(), TURN);
    long receivedNs = there > 0 ? System.nanoTime() : 0;
    int work = 0;
    for (int i = 0; i < there && !closed; i++) {
      long number = ring.userData(0);
      int result = ring.result(0);
      int flags = ring.flags(0);
      // Off the queue before the handler runs, which may throw.
      ring.advance(1);
      work += complete(number, result, flags, receivedNs);
    }
    return work;
  }

  private int complete(long number, int result, int flags, long receivedNs) {
    if (number == WAKE) {
      wakeArmed = false;
      boolean _ = event.drain();
      return 0;
    }
    int frame = IoUring.bufferId(flags);
    if (frame >= 0) {
      lender.received(frame);
    }
    int index = find(number);
    if (index < 0) {
      // Of a port that is closed, which counted it then.
      if (frame >= 0) {
        lender.ledger().give(frame);
      }
      return 0;
    }
    PortRequest request = requests.get(index);
    if ((flags & IoUring.CQE_F_MORE) == 0) {
      request.armed(false);
      allArmed = false;
    }
    if (frame < 0) {
      check(-result, request);
      return 0;
    }
    deliver(request.port(), frame, result, receivedNs);
    return 1;
  }

  private int find(long number) {
    if (latest < requests.size() && requests.get(latest).number() == number) {
      return latest;
    }
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).number() == number) {
        latest = i;
        return i;
      }
    }
    return -1;
  }

  private void deliver(SocketPort to, int frame, int result, long receivedNs) {
    MemorySegment frames = lender.frames();
    long offset = lender.offset(frame);
    int length = MultishotReceive.length(result);
    try {
      if (length < 0) {
        to.counters().dropped(DropReason.RECEIVE_MALFORMED, 1);
        return;
      }
      to.countLost(MultishotReceive.dropped(frames, offset));
      if (MultishotReceive.truncated(frames, offset)) {
        to.counters().dropped(DropReason.RECEIVE_TRUNCATED, 1);
        return;
      }
      to.counters().received(length);
      datagram.payload(frame, offset + MultishotReceive.PAYLOAD, length, receivedNs);
      datagram.source(
          MultishotReceive.sourceHigh(frames, offset),
          MultishotReceive.sourceLow(frames, offset),
          MultishotReceive.sourcePort(frames, offset));
      to.handler().onDatagram(to, datagram);
    } finally {
      lender.ledger().give(frame);
    }
  }

  /// A request that ended without a datagram: for want of frames, because of an error of something
  /// sent earlier, or because it was cancelled, it is armed again; the rest are mistakes of ours.
  private static void check(int errno, PortRequest request) {
    switch (errno) {
      case Errno.EBADF, Errno.EFAULT, Errno.EINVAL, Errno.ENOTSOCK, Errno.EOPNOTSUPP ->
          throw new KernelException(
              "recvmsg", errno, "receiving on " + request.port().localEndpoint(), "");
      default -> request.port().socketError(errno);
    }
  }

  /// Gives the ring back to the kernel; all ports are removed by then.
  void close() {
    if (!closed) {
      closed = true;
      ring.close();
      lender.close();
    }
  }
}
