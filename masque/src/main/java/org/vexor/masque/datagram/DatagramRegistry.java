package org.vexor.masque.datagram;

import io.netty.buffer.ByteBuf;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// Who gets which datagram of a connection. On the connection's event loop only, the counts from
/// any thread.
public final class DatagramRegistry implements AutoCloseable {
  /// Finished requests that are remembered as such; a datagram of an older one is held for a while
  /// for nothing. QUIC may bring a stream after a later one, so a lower number proves nothing.
  private static final int REMEMBERED = 256;

  private final EarlyLimits limits;
  private final LongSupplier clockNs;
  private final LongObjectMap<DatagramReceiver> open = new LongObjectHashMap<>();
  private final long[] finished = new long[REMEMBERED];
  private int finishedKnown;
  private int finishedNext;
  private final Deque<Early> early = new ArrayDeque<>();
  private int earlyBytes;
  private final List<DatagramReceiver> touched = new ArrayList<>();
  private final AtomicLongArray counts = new AtomicLongArray(DatagramFate.values().length);

  private record Early(long quarterId, ByteBuf payload, long expiresNs) {}

  /// A request that takes no datagrams.
  private record Refusal(Runnable abort) implements DatagramReceiver {
    @Override
    public void datagram(ByteBuf httpDatagram) {
      abort.run();
    }
  }

  /// @param clockNs monotonic nanoseconds
  public DatagramRegistry(EarlyLimits limits, LongSupplier clockNs) {
    this.limits = limits;
    this.clockNs = clockNs;
  }

  /// A request takes its datagrams from now on, those that were held first.
  public void open(long quarterId, DatagramReceiver receiver) {
    open.put(quarterId, receiver);
    if (!early.isEmpty()) {
      release(quarterId, receiver);
    }
  }

  private void release(long quarterId, DatagramReceiver receiver) {
    var mine = new ArrayList<ByteBuf>();
    Iterator<Early> each = early.iterator();
    while (each.hasNext()) {
      Early next = each.next();
      if (next.quarterId() == quarterId) {
        each.remove();
        earlyBytes -= next.payload().readableBytes();
        mine.add(next.payload());
      }
    }
    for (ByteBuf payload : mine) {
      try {
        count(receiver instanceof Refusal ? DatagramFate.NOT_ALLOWED : DatagramFate.DELIVERED);
        receiver.datagram(payload);
      } finally {
        payload.release();
      }
    }
    if (!mine.isEmpty()) {
      receiver.datagramsRead();
    }
  }

  /// A request that takes no datagrams has begun.
  ///
  /// @param abort what to do when one comes nevertheless, or has come: abort the stream (RFC 9297
  ///   §2)
  public void refuse(long quarterId, Runnable abort) {
    open(quarterId, new Refusal(abort));
  }

  /// A request takes no more. What still comes for it is dropped.
  public void finish(long quarterId) {
    if (open.remove(quarterId) != null) {
      finished[finishedNext] = quarterId;
      finishedNext = (finishedNext + 1) % REMEMBERED;
      finishedKnown = Math.max(finishedKnown, finishedNext == 0 ? REMEMBERED : finishedNext);
    }
  }

  /// Takes a QUIC DATAGRAM.
  ///
  /// @param datagram stays the caller's, who may write over it: what is held is copied
  public DatagramFate receive(ByteBuf datagram) {
    long quarterId = DatagramHeader.readQuarterId(datagram);
    if (quarterId == DatagramHeader.MALFORMED) {
      return count(DatagramFate.MALFORMED);
    }
    DatagramReceiver receiver = open.get(quarterId);
    if (receiver == null) {
      return count(isFinished(quarterId) ? DatagramFate.FINISHED : hold(quarterId, datagram));
    }
    if (receiver instanceof Refusal refusal) {
      refusal.abort().run();
      return count(DatagramFate.NOT_ALLOWED);
    }
    count(DatagramFate.DELIVERED);
    touch(receiver);
    receiver.datagram(datagram);
    return DatagramFate.DELIVERED;
  }

  /// Datagrams of one request mostly come in a row.
  @SuppressWarnings("ReferenceEquality") // the same receiver is meant, not one like it
  private void touch(DatagramReceiver receiver) {
    if (touched.isEmpty() || touched.getLast() != receiver) {
      touched.add(receiver);
    }
  }

  /// All that came in together has been received.
  public void readComplete() {
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).datagramsRead();
    }
    touched.clear();
    if (!early.isEmpty()) {
      expire(clockNs.getAsLong());
    }
  }

  private boolean isFinished(long quarterId) {
    for (int i = 0; i < finishedKnown; i++) {
      if (finished[i] == quarterId) {
        return true;
      }
    }
    return false;
  }

  private DatagramFate hold(long quarterId, ByteBuf payload) {
    long nowNs = clockNs.getAsLong();
    expire(nowNs);
    int length = payload.readableBytes();
    if (early.size() >= limits.datagrams() || earlyBytes + length > limits.bytes()) {
      return DatagramFate.EARLY_FULL;
    }
    earlyBytes += length;
    early.add(new Early(quarterId, payload.copy(), nowNs + limits.age().toNanos()));
    return DatagramFate.HELD;
  }

  private void expire(long nowNs) {
    Early oldest = early.peek();
    while (oldest != null && nowNs - oldest.expiresNs() >= 0) {
      drop(early.remove());
      oldest = early.peek();
    }
  }

  private void drop(Early late) {
    earlyBytes -= late.payload().readableBytes();
    late.payload().release();
    count(DatagramFate.EARLY_EXPIRED);
  }

  /// Datagrams held now.
  public int held() {
    return early.size();
  }

  private DatagramFate count(DatagramFate fate) {
    int index = fate.ordinal();
    counts.setRelease(index, counts.getPlain(index) + 1);
    return fate;
  }

  /// How many datagrams met this fate. Any thread.
  public long total(DatagramFate fate) {
    return counts.getAcquire(fate.ordinal());
  }

  /// Drops what is held.
  @Override
  public void close() {
    while (!early.isEmpty()) {
      drop(early.remove());
    }
    open.clear();
    touched.clear();
  }
}
