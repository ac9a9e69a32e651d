package org.vexor.packet.connected;

import java.lang.foreign.Arena;
import org.vexor.linux.Errno;
import org.vexor.linux.socket.AddressFamily;
import org.vexor.linux.socket.SendBatch;
import org.vexor.packet.DropReason;
import org.vexor.packet.TrafficCounters;

/// Sends what one socket has in the [Staging] area: neighbours of equal length as one message that
/// the kernel cuts (UDP_SEGMENT), and one by one where that is refused. What the kernel has no room
/// for is dropped: a relay that waits for it would delay all its other users.
final class ConnectedSender {
  private static final int BATCH = 128;

  /// UDP_MAX_SEGMENTS of kernels up to 6.8 (linux/udp.h).
  private static final int JOINED = 64;

  /// Below 65507, the payload of the largest IPv4 datagram, which the joined one counts as.
  private static final int JOINED_BYTES = 65_000;

  /// What fits an Ethernet MTU of 1500; larger segments are refused on most paths.
  private static final int SEGMENT_BYTES_V4 = 1472;

  private static final int SEGMENT_BYTES_V6 = 1452;

  /// Joining that is refused so often in a row is given up: the device has no checksum offload.
  private static final int REFUSALS = 8;

  private final Staging staging;
  private final TrafficCounters counters;

  /// Messages carry no address, so that the family does not matter.
  private final SendBatch batch = new SendBatch(Arena.ofAuto(), BATCH, AddressFamily.INET);

  private final int[] slots = new int[BATCH];
  private final int[] joined = new int[BATCH];
  private int refusals;
  private int messages;

  ConnectedSender(Staging staging, TrafficCounters counters) {
    this.staging = staging;
    this.counters = counters;
  }

  /// Sends the chain of `socket`, all of it.
  ///
  /// @return datagrams that the kernel took
  int send(ConnectedSocket socket) {
    int sent = 0;
    int slot = socket.head;
    socket.head = Staging.NONE;
    socket.tail = Staging.NONE;
    while (slot != Staging.NONE && !socket.isClosed()) {
      int count = 0;
      for (; slot != Staging.NONE && count < BATCH; slot = staging.next(slot)) {
        slots[count] = slot;
        batch.payload(count, staging.area(), staging.offset(slot), staging.length(slot));
        count++;
      }
      sent += send(socket, count);
    }
    drop(slot);
    return sent;
  }

  /// Counts a chain as lost with its socket.
  void drop(int first) {
    for (int slot = first; slot != Staging.NONE; slot = staging.next(slot)) {
      counters.dropped(DropReason.PORT_CLOSED, 1);
    }
  }

  private int send(ConnectedSocket socket, int count) {
    int sent = 0;
    int at = 0;
    int apart = 0;
    int failures = 0;
    while (at < count && !socket.isClosed()) {
      prepare(socket, at, count, apart);
      int taken = batch.send(socket.socket().number(), 0, messages);
      for (int message = 0; message < taken; message++) {
        at = settle(socket, message, at);
        sent += joined[message];
      }
      if (taken > 0) {
        continue;
      }
      int errno = -taken;
      if (pending(errno) && failures++ == 0) {
        // Of an earlier datagram, and cleared by this report; those in hand go out all the same.
        socket.handler().failed(socket, errno);
      } else if (joined[0] > 1 && !full(errno)) {
        refusals++;
        apart = at + joined[0];
      } else {
        int lost = full(errno) ? count - at : 1;
        counters.dropped(reason(errno), lost);
        at += lost;
      }
    }
    if (at < count) {
      counters.dropped(DropReason.PORT_CLOSED, count - at);
    }
    return sent;
  }

  private void prepare(ConnectedSocket socket, int from, int count, int apart) {
    int segmentBytes = socket.peer().isIpv4() ? SEGMENT_BYTES_V4 : SEGMENT_BYTES_V6;
    messages = 0;
    int at = from;
    while (at < count) {
      int together = at < apart ? 1 : joinable(at, count, segmentBytes);
      batch.messageConnected(messages, at, together);
      if (together > 1) {
        batch.segment(messages, staging.length(slots[at]));
      }
      joined[messages++] = together;
      at += together;
    }
  }

  private int joinable(int at, int end, int segmentBytes) {
    int length = staging.length(slots[at]);
    if (refusals >= REFUSALS || length == 0 || length > segmentBytes) {
      return 1;
    }
    int count = 1;
    int total = length;
    int last = length;
    while (at + count < end && count < JOINED && last == length) {
      last = staging.length(slots[at + count]);
      total += last;
      if (last == 0 || last > length || total > JOINED_BYTES) {
        return count;
      }
      count++;
    }
    return count;
  }

  private int settle(ConnectedSocket socket, int message, int from) {
    int count = joined[message];
    for (int i = from; i < from + count; i++) {
      int bytes = staging.length(slots[i]);
      counters.sent(bytes);
      socket.countSent(bytes);
    }
    if (count > 1) {
      refusals = 0;
    }
    return from + count;
  }

  /// Whether the kernel may be speaking of something sent earlier (the socket's pending error).
  private static boolean pending(int errno) {
    return switch (errno) {
      case Errno.ECONNREFUSED, Errno.EHOSTUNREACH, Errno.ENETUNREACH -> true;
      default -> false;
    };
  }

  private static boolean full(int errno) {
    return switch (errno) {
      case Errno.EAGAIN, Errno.EINTR, Errno.ENOBUFS, Errno.ENOMEM -> true;
      default -> false;
    };
  }

  private static DropReason reason(int errno) {
    return switch (errno) {
      case Errno.EMSGSIZE -> DropReason.SEND_TOO_LARGE;
      case Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.EADDRNOTAVAIL ->
          DropReason.SEND_UNREACHABLE;
      default -> DropReason.SEND_REFUSED;
    };
  }
}
