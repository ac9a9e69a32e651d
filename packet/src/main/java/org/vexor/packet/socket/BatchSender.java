package org.vexor.packet.socket;

import java.lang.foreign.Arena;
import org.vexor.linux.Errno;
import org.vexor.linux.socket.AddressFamily;
import org.vexor.linux.socket.SendBatch;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.SendRing;

/// Sends what a [SendRing] holds from where it lies, by sendmmsg(2).
///
/// Neighbours of equal length and destination (the last may be shorter) go as one message that the
/// kernel cuts (UDP_SEGMENT): one walk through its stack instead of up to 64. Where that is refused
/// they go one by one. What fails is dropped alone, under the reason that its errno means; what the
/// kernel has no room for stays in the ring.
///
/// Owner thread only; allocates nothing per call.
public final class BatchSender {
  private static final int BATCH = 128;

  /// UDP_MAX_SEGMENTS of kernels up to 6.8 (linux/udp.h); later ones take 128.
  private static final int JOINED = 64;

  /// Below 65507, the payload of the largest IPv4 datagram, which the joined one counts as.
  private static final int JOINED_BYTES = 65_000;

  /// What fits an Ethernet MTU of 1500; larger segments are refused on most paths.
  private static final int SEGMENT_BYTES_V4 = 1472;

  private static final int SEGMENT_BYTES_V6 = 1452;

  /// Joining that is refused so often in a row is given up: the device has no checksum offload.
  private static final int REFUSALS = 8;

  private final BoundSocket socket;
  private final SendRing ring;
  private final TrafficCounters counters;
  private final SendBatch batch;
  private final int[] joined = new int[BATCH];
  private final int segmentBytes;
  private final boolean ipv4;

  /// Datagrams at the head that go one by one, because joined they were refused.
  private int apart;

  private int refusals;
  private boolean reported;

  /// Whether a send may fail by what an earlier one met, whoever it went to (IP_RECVERR).
  private boolean othersReported;

  /// Whether the datagram at the head failed before.
  private boolean again;

  public BatchSender(BoundSocket socket, SendRing ring, TrafficCounters counters) {
    this.socket = socket;
    this.ring = ring;
    this.counters = counters;
    ipv4 = socket.family() == AddressFamily.INET;
    segmentBytes = ipv4 ? SEGMENT_BYTES_V4 : SEGMENT_BYTES_V6;
    batch = new SendBatch(Arena.ofAuto(), BATCH, socket.family());
  }

  /// Offers everything to the kernel.
  ///
  /// @return how many datagrams it took
  public int flush() {
    int sent = 0;
    while (ring.size() > 0) {
      int messages = prepare();
      if (messages == 0) {
        drop(DropReason.SEND_UNREACHABLE);
        continue;
      }
      int taken = batch.send(socket.number(), 0, messages);
      for (int message = 0; message < taken; message++) {
        sent += settle(message);
      }
      if (taken <= 0 && !refused(-taken)) {
        break;
      }
    }
    return sent;
  }

  /// Whether the kernel reported something of what was sent earlier, since the last call: a
  /// connected peer's host refused it, or with [#othersReported] any host.
  boolean takeReported() {
    boolean taken = reported;
    reported = false;
    return taken;
  }

  /// From now on a send may fail by what an earlier one to somebody else met; it goes out all the
  /// same then.
  void othersReported(boolean may) {
    othersReported = may;
  }

  /// Sets messages for the datagrams at the head, up to the first that cannot be sent at all.
  private int prepare() {
    int datagrams = Math.min(ring.size(), BATCH);
    int messages = 0;
    int at = 0;
    while (at < datagrams && sendable(ring.slot(at))) {
      int count = joinable(at, datagrams);
      for (int i = at; i < at + count; i++) {
        int slot = ring.slot(i);
        batch.payload(i, ring.segment(), ring.offset(slot), ring.length(slot));
      }
      int first = ring.slot(at);
      boolean _ =
          batch.message(messages, at, count, ring.high(first), ring.low(first), ring.port(first));
      if (count > 1) {
        batch.segment(messages, ring.length(first));
      }
      joined[messages++] = count;
      at += count;
    }
    return messages;
  }

  private boolean sendable(int slot) {
    return ring.port(slot) != 0 && Endpoint.isIpv4(ring.high(slot), ring.low(slot)) == ipv4;
  }

  /// How many datagrams from `at` on can go as one message.
  private int joinable(int at, int end) {
    int first = ring.slot(at);
    int length = ring.length(first);
    if (at < apart || refusals >= REFUSALS || length == 0 || length > segmentBytes) {
      return 1;
    }
    int count = 1;
    int total = length;
    int last = length;
    while (at + count < end && count < JOINED && last == length) {
      int slot = ring.slot(at + count);
      last = ring.length(slot);
      total += last;
      if (last == 0 || last > length || total > JOINED_BYTES || !sameDestination(first, slot)) {
        return count;
      }
      count++;
    }
    return count;
  }

  private boolean sameDestination(int a, int b) {
    return ring.low(a) == ring.low(b)
        && ring.port(a) == ring.port(b)
        && ring.high(a) == ring.high(b);
  }

  private int settle(int message) {
    again = false;
    int count = joined[message];
    for (int i = 0; i < count; i++) {
      counters.sent(ring.length(ring.slot(i)));
    }
    if (count > 1) {
      refusals = 0;
    }
    pop(count);
    return count;
  }

  /// The first message failed: whether to go on with what is left.
  private boolean refused(int errno) {
    if (later(errno)) {
      return false;
    }
    if (errno == Errno.ECONNREFUSED || (othersReported && !again)) {
      // Of an earlier datagram, and cleared by this report; those in hand go out all the same.
      reported = true;
      again = true;
      return true;
    }
    again = false;
    if (joined[0] > 1) {
      refusals++;
      apart = joined[0];
    } else {
      drop(reason(errno));
    }
    return true;
  }

  private static boolean later(int errno) {
    return switch (errno) {
      case 0, Errno.EAGAIN, Errno.EINTR, Errno.ENOBUFS, Errno.ENOMEM -> true;
      default -> false;
    };
  }

  /// What the errno of a send means for its datagram.
  static DropReason reason(int errno) {
    return switch (errno) {
      case Errno.EMSGSIZE -> DropReason.SEND_TOO_LARGE;
      case Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.EAFNOSUPPORT, Errno.EADDRNOTAVAIL ->
          DropReason.SEND_UNREACHABLE;
      default -> DropReason.SEND_REFUSED;
    };
  }

  private void drop(DropReason reason) {
    counters.dropped(reason, 1);
    pop(1);
  }

  private void pop(int count) {
    ring.pop(count);
    apart = Math.max(0, apart - count);
  }
}
