package org.vexor.linux.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.vexor.linux.Arch;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.Syscall;

/// Many descriptors of which few are ready at a time (epoll(7), level-triggered): asking costs what
/// the ready ones cost. It is a descriptor itself, ready when one of its own is, so it can be one
/// of a [PollSet].
///
/// Threading: one owner thread; it does not own the descriptors. Asking allocates nothing.
public final class EpollSet implements AutoCloseable {
  public static final int EPOLLIN = 1;
  public static final int EPOLLERR = 8;

  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;

  /// struct epoll_event is packed on x86_64 alone (linux/eventpoll.h).
  private static final long DATA = Arch.current() == Arch.X86_64 ? 4 : 8;

  private static final long EVENT_BYTES = DATA + Long.BYTES;

  private final Arena arena = Arena.ofShared();
  private final FileDescriptor file;
  private final MemorySegment events;
  private final MemorySegment change;
  private final int capacity;

  /// @param capacity most events that one [#poll] gives; the others come with the next
  public EpollSet(int capacity) {
    this.capacity = capacity;
    events = arena.allocate(capacity * EVENT_BYTES, Long.BYTES);
    change = arena.allocate(EVENT_BYTES, Long.BYTES);
    file =
        FileDescriptor.own(
            Syscall.EPOLL_CREATE1.check(
                Syscall.EPOLL_CREATE1.call(EPOLL_CLOEXEC), "opening an epoll instance"),
            "epoll instance");
  }

  /// What to poll for POLLIN.
  public FileDescriptor file() {
    return file;
  }

  /// From now on `member` is asked about; errors are told in any case.
  ///
  /// @param interest [#EPOLLIN]
  /// @param data what its events carry
  public void add(FileDescriptor member, int interest, long data) {
    change.set(JAVA_INT, 0, interest);
    change.set(JAVA_LONG_UNALIGNED, DATA, data);
    long _ =
        Syscall.EPOLL_CTL.check(
            Syscall.EPOLL_CTL.call(file.number(), EPOLL_CTL_ADD, member.number(), change.address()),
            "adding " + member + " to " + file);
  }

  /// Undoes [#add]; closing the descriptor does so too.
  public void remove(FileDescriptor member) {
    long _ =
        Syscall.EPOLL_CTL.check(
            Syscall.EPOLL_CTL.call(file.number(), EPOLL_CTL_DEL, member.number(), change.address()),
            "removing " + member + " from " + file);
  }

  /// Asks which are ready, without waiting.
  ///
  /// @return how many events there are now, or `-errno`
  public int poll() {
    return (int)
        Syscall.EPOLL_PWAIT.call(file.number(), events.address(), capacity, 0, 0, Long.BYTES);
  }

  /// What [#add] was given, of event `i` of the last [#poll].
  public long data(int i) {
    return events.get(JAVA_LONG_UNALIGNED, Objects.checkIndex(i, capacity) * EVENT_BYTES + DATA);
  }

  @Override
  public void close() {
    if (file.isOpen()) {
      file.close();
      arena.close();
    }
  }
}
