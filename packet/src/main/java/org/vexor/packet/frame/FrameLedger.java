package org.vexor.packet.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Who holds each receive frame of an engine.
///
/// The owner takes frames, lends them, and gives them back. A frame may be retained by users any
/// number of times; the last release, on whatever thread, pushes it on a list that the owner
/// reclaims. That list is a stack linked through an array: a push is one compare-and-set, and the
/// owner takes all of it at once, so there is no ABA.
public final class FrameLedger {
  /// [#take]: every frame is out.
  public static final int NONE = -1;

  private static final VarHandle RETURNED;

  static {
    try {
      RETURNED = MethodHandles.lookup().findVarHandle(FrameLedger.class, "returned", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int[] free;
  private final AtomicIntegerArray holders;
  private final int[] nextReturned;
  private final boolean[] retained;
  private final int reserve;
  private int freeCount;
  private int retainedCount;
  private volatile int returned = NONE;

  /// @param frames how many there are, numbered from 0
  /// @param reserve how many users can never retain, so that reception goes on
  public FrameLedger(int frames, int reserve) {
    if (frames < 1 || reserve < 0 || reserve >= frames) {
      throw new IllegalArgumentException(
          "reserve " + reserve + " must be below the frames " + frames);
    }
    this.free = new int[frames];
    this.holders = new AtomicIntegerArray(frames);
    this.nextReturned = new int[frames];
    this.retained = new boolean[frames];
    this.reserve = reserve;
    for (int frame = frames - 1; frame >= 0; frame--) {
      free[freeCount++] = frame;
    }
  }

  /// Takes a free frame, reclaiming returned ones first when there is none. Owner.
  public int take() {
    if (freeCount == 0 && reclaim() == 0) {
      return NONE;
    }
    int frame = free[--freeCount];
    holders.setPlain(frame, 1);
    return frame;
  }

  /// The owner is done with a frame it took; it is free unless users retain it. Owner.
  public void give(int frame) {
    if (holders.getAcquire(frame) == 1) {
      free(frame);
    } else if (holders.decrementAndGet(frame) == 0) {
      // The last user let go between the look and the decrement.
      free(frame);
    }
  }

  /// One more holder for a frame that the owner has in hand. Owner.
  ///
  /// @return false when users hold so many frames that the reserve would be touched
  public boolean retain(int frame) {
    if (!retained[frame]) {
      if (retainedCount >= holders.length() - reserve && reclaim() == 0) {
        return false;
      }
      retained[frame] = true;
      retainedCount++;
    }
    holders.incrementAndGet(frame);
    return true;
  }

  /// One holder less. Any thread.
  ///
  /// @throws IllegalStateException when the frame is not retained: it was released twice
  public void release(int frame) {
    int left = holders.decrementAndGet(frame);
    if (left == 0) {
      int head;
      do {
        head = (int) RETURNED.getVolatile(this);
        nextReturned[frame] = head;
      } while (!RETURNED.compareAndSet(this, head, frame));
    } else if (left < 0) {
      holders.incrementAndGet(frame);
      throw new IllegalStateException("frame " + frame + " is released more often than retained");
    }
  }

  /// Takes back what users released. Owner.
  ///
  /// @return how many frames became free
  public int reclaim() {
    if (returned == NONE) {
      return 0;
    }
    int frame = (int) RETURNED.getAndSet(this, NONE);
    int count = 0;
    while (frame != NONE) {
      int next = nextReturned[frame];
      free(frame);
      frame = next;
      count++;
    }
    return count;
  }

  /// Frames that [#take] can give without reclaiming. Owner.
  public int available() {
    return freeCount;
  }

  /// Frames that users hold, those released and not reclaimed yet included. Owner.
  public int retained() {
    return retainedCount;
  }

  private void free(int frame) {
    if (retained[frame]) {
      retained[frame] = false;
      retainedCount--;
    }
    holders.setPlain(frame, 0);
    free[freeCount++] = frame;
  }
}
