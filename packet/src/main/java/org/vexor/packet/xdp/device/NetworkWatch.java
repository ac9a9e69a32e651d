package org.vexor.packet.xdp.device;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;
import org.vexor.linux.KernelException;
import org.vexor.linux.netlink.Change;
import org.vexor.linux.netlink.ChangeEvents;
import org.vexor.linux.netlink.NetworkReader;
import org.vexor.linux.netlink.NetworkSnapshot;
import org.vexor.linux.process.EventFd;
import org.vexor.linux.process.PollSet;

/// The control thread of a device: reads the network again when it changes, and has its owner look
/// at it, once a second in any case and as often as that wants.
///
/// Everything is opened by the constructor, on a thread of the right network namespace, which the
/// control thread then inherits from the thread that starts it.
final class NetworkWatch implements AutoCloseable, Runnable {
  private static final Logger LOG = System.getLogger(NetworkWatch.class.getName());
  private static final long RETRY_NS = 1_000_000_000L;

  private final ChangeEvents events;
  private final NetworkReader reader;
  private final EventFd nudge = new EventFd();
  private final LongSupplier owner;
  private final Thread thread;
  private volatile NetworkSnapshot network;
  private int unread = Change.NONE;
  private boolean changed;
  private volatile boolean closed;

  /// @param owner looks, and says in how many nanoseconds it wants to again
  NetworkWatch(String name, LongSupplier owner) {
    this.owner = owner;
    // Before the first snapshot, so that no change falls between.
    events = ChangeEvents.open();
    try {
      reader = NetworkReader.open();
      network = reader.read();
    } catch (RuntimeException e) {
      events.close();
      throw e;
    }
    thread = new Thread(this, "xdp-control-" + name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /// What the network was when it was last read. Any thread.
  NetworkSnapshot network() {
    return network;
  }

  /// Whether it was read again since the last call. Control thread.
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /// Has the owner look soon. Any thread.
  synchronized void nudge() {
    if (!closed) {
      nudge.signal();
    }
  }

  @Override
  public void run() {
    try (var poll = new PollSet(2)) {
      int _ = poll.add(events.file(), PollSet.POLLIN);
      int _ = poll.add(nudge.file(), PollSet.POLLIN);
      long delayNs = 0;
      while (!closed) {
        int _ = poll.await(delayNs);
        boolean _ = nudge.drain();
        if (!closed) {
          delayNs = look();
        }
      }
    }
  }

  private long look() {
    try {
      unread |= events.poll();
      if (unread != Change.NONE) {
        NetworkSnapshot fresh = reader.read(unread);
        unread = Change.NONE;
        changed |= fresh != network;
        network = fresh;
      }
      return owner.getAsLong();
    } catch (KernelException e) {
      // Tables that never hold still, or a kernel short of memory: the next look tries again.
      LOG.log(Level.WARNING, "network not read or not followed, trying again: {0}", e.getMessage());
      return RETRY_NS;
    } catch (RuntimeException e) {
      // A mistake of ours must not end the watch: nothing would bring AF_XDP back then.
      LOG.log(Level.ERROR, "watching the network failed, going on", e);
      return RETRY_NS;
    }
  }

  /// Ends the thread and waits for it, unless called on it.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      nudge.signal();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    events.close();
    reader.close();
    nudge.close();
  }
}
