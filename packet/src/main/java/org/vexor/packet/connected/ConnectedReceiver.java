package org.vexor.packet.connected;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.vexor.linux.Errno;
import org.vexor.linux.socket.ReceiveBatch;
import org.vexor.packet.DropReason;
import org.vexor.packet.TrafficCounters;

/// Receives from one socket after another into the same memory. Neighbours that the kernel joined
/// (UDP_GRO) come as one message and are handed on one by one.
///
/// A socket is read until it has no more, within a bound: what its peer sent has been paid for
/// already, by the one who asked for it and by the kernel, so that taking in more from elsewhere
/// before all of it is read would only make it be lost.
final class ConnectedReceiver {
  /// Datagrams taken from one socket before others have their turn; the last message may exceed it.
  private static final int TURN = 512;

  /// Messages of one recvmmsg.
  private static final int BATCH = 64;

  /// The longest UDP payload there is fits, but only what a datagram fills is ever touched. The odd
  /// number of lines keeps payloads of different places apart in the processor's cache.
  private static final int PLACE_BYTES =
      ConnectedSockets.HEADROOM + ConnectedSockets.MESSAGE_BYTES + 17 * 64;

  private final TrafficCounters counters;
  private final MemorySegment frames =
      Arena.ofAuto().allocate((long) BATCH * PLACE_BYTES, ConnectedSockets.HEADROOM);
  private final ByteBuffer view = frames.asByteBuffer();
  private final ReceiveBatch batch =
      new ReceiveBatch(Arena.ofAuto(), BATCH, frames, ConnectedSockets.MESSAGE_BYTES);

  ConnectedReceiver(TrafficCounters counters) {
    this.counters = counters;
    for (int i = 0; i < BATCH; i++) {
      batch.point(i, (long) i * PLACE_BYTES + ConnectedSockets.HEADROOM);
    }
  }

  /// The memory of all payloads.
  ByteBuffer memory() {
    return view.duplicate().clear();
  }

  /// Hands on what a socket has, up to the bound.
  ///
  /// @return datagrams handed on
  int receive(ConnectedSocket socket) {
    int work = 0;
    boolean more = true;
    while (more && work < TURN) {
      int places = Math.clamp((TURN - work) / socket.joined, 1, BATCH);
      int got = batch.receive(socket.socket().number(), places);
      if (got <= 0) {
        if (got != 0 && -got != Errno.EAGAIN && -got != Errno.EINTR) {
          socket.handler().failed(socket, -got);
        }
        break;
      }
      work += deliver(socket, got);
      more = got == places && !socket.isClosed();
    }
    if (work > 0 && !socket.isClosed()) {
      socket.handler().batchEnd(socket);
    }
    return work;
  }

  private int deliver(ConnectedSocket socket, int messages) {
    int lost = socket.lost(batch.dropped(messages - 1));
    if (lost > 0) {
      counters.dropped(DropReason.RECEIVE_BUFFER_FULL, lost);
    }
    int work = 0;
    int unheard = 0;
    for (int message = 0; message < messages; message++) {
      int length = batch.length(message);
      int segment = batch.segmentBytes(message);
      int each = segment == 0 ? length : segment;
      int datagrams = each == 0 ? 1 : (length + each - 1) / each;
      socket.joined = datagrams;
      int offset = (int) batch.offset(message);
      for (int i = 0; i < datagrams; i++) {
        if (socket.isClosed()) {
          unheard++;
        } else {
          hear(socket, offset + i * each, Math.min(each, length - i * each));
          work++;
        }
      }
    }
    if (unheard > 0) {
      counters.dropped(DropReason.RECEIVE_PORT_CLOSED, unheard);
    }
    return work;
  }

  private void hear(ConnectedSocket socket, int offset, int length) {
    counters.received(length);
    socket.countReceived(length);
    socket.handler().received(socket, view.clear().position(offset).limit(offset + length));
  }
}
