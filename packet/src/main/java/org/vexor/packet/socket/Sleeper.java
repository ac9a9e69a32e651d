package org.vexor.packet.socket;

import java.util.List;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.process.EventFd;
import org.vexor.linux.process.PollSet;

/// Sleeps until one of a set of descriptors is ready, or another thread wakes it.
///
/// Threading: [#wakeup] from any thread, all else by the owner. A wake-up costs a system call only
/// while the owner sleeps.
public final class Sleeper implements AutoCloseable {
  private final EventFd event = new EventFd();
  private PollSet set = pollSet(List.of());
  private volatile boolean sleeping;
  private volatile boolean woken;
  private boolean closed;

  /// What also ends a sleep when it is signalled. Lives as long as this.
  public EventFd event() {
    return event;
  }

  /// Replaces the set; allocates.
  public void watch(List<FileDescriptor> files) {
    set.close();
    set = pollSet(files);
  }

  private PollSet pollSet(List<FileDescriptor> files) {
    var fresh = new PollSet(files.size() + 1);
    int _ = fresh.add(event.file(), PollSet.POLLIN);
    for (FileDescriptor file : files) {
      int _ = fresh.add(file, PollSet.POLLIN);
    }
    return fresh;
  }

  /// Says whether descriptor `index` of the set is to end the sleep when it can be read, which it
  /// does at first, and when it can be written.
  public void interest(int index, boolean input, boolean output) {
    set.watch(index + 1, (input ? PollSet.POLLIN : 0) | (output ? PollSet.POLLOUT : 0));
  }

  /// Sleeps for at most `timeoutNs`; not at all when that is not positive, or when [#wakeup] was
  /// called since the last time.
  public void await(long timeoutNs) {
    if (begin() && timeoutNs > 0) {
      int ready = set.await(timeoutNs);
      if (ready < 0 && ready != -Errno.EINTR) {
        throw new KernelException("ppoll", -ready, "waiting for datagrams", "");
      }
      if (set.ready(0) != 0) {
        boolean _ = event.drain();
      }
    }
    end();
  }

  /// Begins a sleep of another kind, which the owner ends when [#event] is signalled, and takes
  /// that back; [#end] is to follow.
  ///
  /// @return false when there is to be no sleep, as [#wakeup] was called
  public boolean begin() {
    sleeping = true;
    // Either this sees woken, or wakeup sees sleeping: both are volatile.
    return !woken;
  }

  /// The sleep is over, or there was none.
  public void end() {
    sleeping = false;
    woken = false;
  }

  /// Ends a present or the next [#await]. Any thread, also after the close.
  public void wakeup() {
    woken = true;
    if (sleeping) {
      signal();
    }
  }

  // A descriptor closed between the look and the write could be somebody else's by then.
  private synchronized void signal() {
    if (!closed) {
      event.signal();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    event.close();
    set.close();
  }
}
