package org.vexor.linux.process;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.Syscall;

/// A wake-up that a thread sleeping in [PollSet] hears, from any thread (eventfd(2)).
public final class EventFd implements AutoCloseable {
  private static final int EFD_CLOEXEC = 0x80000;
  private static final int EFD_NONBLOCK = 0x800;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
  private final MemorySegment count = arena.allocate(JAVA_LONG);
  private final FileDescriptor file;

  /// Opens one that is not signalled.
  public EventFd() {
    file =
        FileDescriptor.own(
            Syscall.EVENTFD2.check(
                Syscall.EVENTFD2.call(0, EFD_CLOEXEC | EFD_NONBLOCK), "opening an eventfd"),
            "eventfd");
  }

  /// What to poll for POLLIN.
  public FileDescriptor file() {
    return file;
  }

  /// Wakes the sleeper. Any thread.
  public void signal() {
    // EAGAIN: the counter is at its top, so the sleeper is woken already.
    long _ = Syscall.WRITE.call(file.number(), one.address(), Long.BYTES);
  }

  /// Takes back all signals since the last call; whether there were some. Owner thread only.
  public boolean drain() {
    return Syscall.READ.call(file.number(), count.address(), Long.BYTES) == Long.BYTES;
  }

  @Override
  public void close() {
    if (file.isOpen()) {
      file.close();
      arena.close();
    }
  }
}
