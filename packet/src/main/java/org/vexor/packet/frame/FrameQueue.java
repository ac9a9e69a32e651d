package org.vexor.packet.frame;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.vexor.packet.Datagram;
import org.vexor.packet.PacketEngine;

/// Received frames on their way from the thread that drives an engine to one other thread, by
/// reference: the bytes stay where they are, retained, until the taker is done with them.
///
/// ```
///  handler: offer(datagram) ──retain──▶ [ segment, offset, length ] ──▶ drain(taker, limit) ──▶ engine.release
/// ```
///
/// One thread offers, one drains; nothing is allocated, copied or locked. What does not fit is
/// refused, and is the caller's to count. The engine needs frames for all places, besides those
/// that it receives into.
public final class FrameQueue {
  /// What became of an offer.
  public enum Offer {
    /// It will be drained.
    TAKEN,
    /// No place: the taker does not keep up, or has closed.
    FULL,
    /// The engine has no frame to spare.
    NOT_RETAINED
  }

  /// Takes frames, on the thread that drains.
  @FunctionalInterface
  public interface Taker {
    /// Takes one, lent until this returns.
    ///
    /// @param receivedNs as [Datagram#receivedNs]
    void onFrame(MemorySegment segment, long offset, int length, long receivedNs);
  }

  private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(int[].class);

  /// The two indexes lie on cache lines of their own (128 bytes: neighbours are fetched in pairs),
  /// since each is written by one thread for every datagram.
  private static final int PRODUCED = 32;

  private static final int CONSUMED = 64;
  private static final int INDEXES = 96;

  private final PacketEngine engine;
  private final int mask;
  private final MemorySegment[] segments;
  private final long[] offsets;
  private final int[] lengths;
  private final long[] frames;
  private final long[] times;

  /// Places written and places drained, both free-running.
  private final int[] indexes = new int[INDEXES];

  /// What the offering thread last saw of those drained.
  private int drainedSeen;

  private volatile boolean closed;

  /// @param engine gets the frames back
  /// @param places a power of two
  public FrameQueue(PacketEngine engine, int places) {
    this(engine, places, 0);
  }

  /// @param start where both indexes begin, so that a test need not count to 2^32
  FrameQueue(PacketEngine engine, int places, int start) {
    if (places < 1 || Integer.bitCount(places) != 1) {
      throw new IllegalArgumentException(places + " places; give a power of two");
    }
    this.engine = engine;
    mask = places - 1;
    segments = new MemorySegment[places];
    offsets = new long[places];
    lengths = new int[places];
    frames = new long[places];
    times = new long[places];
    indexes[PRODUCED] = start;
    indexes[CONSUMED] = start;
    drainedSeen = start;
  }

  /// Hands a lent datagram on. The thread that drives the engine, from within a handler.
  public Offer offer(Datagram datagram) {
    int at = indexes[PRODUCED];
    if (at - drainedSeen > mask) {
      drainedSeen = acquire(CONSUMED); // pairs with the release in drain
      if (at - drainedSeen > mask) {
        return Offer.FULL;
      }
    }
    if (closed) {
      return Offer.FULL;
    }
    long frame = datagram.retain();
    if (frame == Datagram.NOT_RETAINED) {
      return Offer.NOT_RETAINED;
    }
    int place = at & mask;
    segments[place] = datagram.segment();
    offsets[place] = datagram.offset();
    lengths[place] = datagram.length();
    times[place] = datagram.receivedNs();
    frames[place] = frame;
    release(PRODUCED, at + 1); // pairs with the acquire in drain
    return Offer.TAKEN;
  }

  /// Gives the oldest frames to `taker`, at most `limit`, and back to the engine after it. A frame
  /// whose taker throws is given back too, and its place is free.
  ///
  /// @return how many
  public int drain(Taker taker, int limit) {
    int from = indexes[CONSUMED];
    int count = Math.min(acquire(PRODUCED) - from, limit);
    for (int i = 0; i < count; i++) {
      int place = (from + i) & mask;
      long frame = frames[place];
      try {
        taker.onFrame(segments[place], offsets[place], lengths[place], times[place]);
      } finally {
        release(CONSUMED, from + i + 1);
        engine.release(frame);
      }
    }
    return count;
  }

  /// Frames offered and not drained yet. Any thread.
  public int size() {
    int drained = acquire(CONSUMED);
    return acquire(PRODUCED) - drained;
  }

  /// From now on offers are refused. The draining thread, which drains what is left.
  public void close() {
    closed = true;
  }

  private int acquire(int index) {
    return (int) INDEX.getAcquire(indexes, index);
  }

  private void release(int index, int value) {
    INDEX.setRelease(indexes, index, value);
  }
}
