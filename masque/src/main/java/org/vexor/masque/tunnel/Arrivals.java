package org.vexor.masque.tunnel;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/// Datagrams on their way from the client's event loops to the engine's thread: a ring of bytes
/// that many fill and one empties. Each is the number of its tunnel, then the payload.
final class Arrivals {
  static final int NUMBER_BYTES = Long.BYTES;

  private static final int DATAGRAM = 1;

  private final ByteBuffer memory;
  private final ManyToOneRingBuffer ring;
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean sleeping;
  private volatile boolean woken;
  private volatile @Nullable Thread sleeper;

  Arrivals(int bytes) {
    memory = ByteBuffer.allocateDirect(bytes + RingBufferDescriptor.TRAILER_LENGTH);
    ring = new ManyToOneRingBuffer(new UnsafeBuffer(memory));
  }

  /// The memory that [#drain] gives indexes into.
  ByteBuffer memory() {
    return memory;
  }

  /// Copies a payload in, or counts that there was no room. Any thread.
  void offer(long tunnel, ByteBuf payload) {
    int length = payload.readableBytes();
    if (NUMBER_BYTES + length > ring.maxMsgLength()) {
      dropped.incrementAndGet();
      return;
    }
    int index = ring.tryClaim(DATAGRAM, NUMBER_BYTES + length);
    if (index < 0) {
      dropped.incrementAndGet();
      return;
    }
    ring.buffer().putLong(index, tunnel);
    if (payload.hasArray()) {
      ring.buffer()
          .putBytes(
              index + NUMBER_BYTES,
              payload.array(),
              payload.arrayOffset() + payload.readerIndex(),
              length);
    } else {
      ByteBuffer view = payload.internalNioBuffer(payload.readerIndex(), length);
      ring.buffer().putBytes(index + NUMBER_BYTES, view, view.position(), length);
    }
    ring.commit(index);
  }

  /// Datagrams that found no room so far. Any thread.
  long dropped() {
    return dropped.get();
  }

  /// Hands over the oldest, at most `limit`. Owner.
  int drain(MessageHandler handler, int limit) {
    return ring.read(handler, limit);
  }

  /// Tells the owner that something may be there. Any thread.
  void signal() {
    // What was committed before is seen by an owner who does not see this, and looks again.
    VarHandle.fullFence();
    if (sleeping) {
      LockSupport.unpark(sleeper);
    }
  }

  /// Ends a present or the next sleep. Any thread.
  void wakeup() {
    woken = true;
    signal();
  }

  /// Sleeps until something may be there. Owner.
  void await(long timeoutNs) {
    sleeper = Thread.currentThread();
    sleeping = true;
    VarHandle.fullFence();
    if (!woken && ring.size() == 0 && timeoutNs > 0) {
      LockSupport.parkNanos(this, timeoutNs);
    }
    sleeping = false;
    woken = false;
  }
}
