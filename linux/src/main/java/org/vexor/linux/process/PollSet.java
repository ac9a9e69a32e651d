package org.vexor.linux.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.Syscall;

/// A fixed set of descriptors to sleep on (ppoll(2)). Waiting allocates nothing.
///
/// Threading: one owner thread; it does not own the descriptors.
public final class PollSet implements AutoCloseable {
  public static final short POLLIN = 1;
  public static final short POLLOUT = 4;
  public static final short POLLERR = 8;
  public static final short POLLHUP = 16;
  public static final short POLLNVAL = 32;

  private static final long ENTRY_BYTES = 8;
  private static final long EVENTS = 4;
  private static final long REVENTS = 6;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment entries;
  private final MemorySegment timeout = arena.allocate(JAVA_LONG, 2);
  private final int capacity;
  private int size;

  /// @param capacity most descriptors it will hold
  public PollSet(int capacity) {
    this.capacity = capacity;
    entries = arena.allocate(capacity * ENTRY_BYTES, Long.BYTES);
  }

  /// Adds a descriptor.
  ///
  /// @param events [#POLLIN], [#POLLOUT] or both
  /// @return its index, for [#ready]
  public int add(FileDescriptor file, int events) {
    if (size == capacity) {
      throw new IllegalStateException("this PollSet holds " + capacity + " descriptors at most");
    }
    entries.set(JAVA_INT, size * ENTRY_BYTES, file.number());
    entries.set(JAVA_SHORT, size * ENTRY_BYTES + EVENTS, (short) events);
    return size++;
  }

  /// Changes what is looked for at descriptor `index`.
  public void watch(int index, int events) {
    entries.set(JAVA_SHORT, index * ENTRY_BYTES + EVENTS, (short) events);
  }

  /// Sleeps until a descriptor is ready or the time is over.
  ///
  /// @param timeoutNs nanoseconds; 0 only looks, negative sleeps without end
  /// @return how many are ready, 0 for none in time, or `-errno` (EINTR: a signal came)
  public int await(long timeoutNs) {
    long time = 0;
    if (timeoutNs >= 0) {
      // The kernel writes the rest back, so both words are set each time.
      timeout.setAtIndex(JAVA_LONG, 0, timeoutNs / NANOS_PER_SECOND);
      timeout.setAtIndex(JAVA_LONG, 1, timeoutNs % NANOS_PER_SECOND);
      time = timeout.address();
    }
    return (int) Syscall.PPOLL.call(entries.address(), size, time, 0, 0);
  }

  /// What the last [#await] saw at descriptor `index`: bits of POLLIN, POLLOUT, POLLERR, POLLHUP,
  /// POLLNVAL.
  public int ready(int index) {
    return entries.get(JAVA_SHORT, index * ENTRY_BYTES + REVENTS);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
