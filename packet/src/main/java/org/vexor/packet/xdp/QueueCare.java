package org.vexor.packet.xdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.xdp.XdpStatistics;
import org.vexor.packet.DropReason;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.socket.SocketEngine;
import org.vexor.packet.xdp.device.QueueSession;
import org.vexor.packet.xdp.device.XdpDevice;
import org.vexor.packet.xdp.device.XdpQueue;

/// The engine's part in the life of one queue's sessions: takes over, gives up, counts what the
/// kernel lost, notices when nothing moves. Owner thread only.
final class QueueCare {
  private static final XdpStatistics NOTHING = new XdpStatistics(0, 0, 0, 0, 0, 0);

  /// A driver that finishes nothing for so many seconds hangs; a reset takes one or two.
  private static final int STALLED_TICKS = 4;

  private final XdpQueue queue;
  private final XdpDevice device;
  private final TrafficCounters counters;
  private XdpStatistics counted = NOTHING;
  private int using;
  private boolean over;
  private long completed;
  private int still;

  QueueCare(XdpQueue queue, XdpDevice device, TrafficCounters counters) {
    this.queue = queue;
    this.device = device;
    this.counters = counters;
  }

  /// The session to receive from, if there is one; does what is the engine's turn otherwise.
  ///
  /// @param attachment the one that is valid as far as the engine has seen
  Optional<QueueSession> attend(int attachment) {
    Optional<QueueSession> now = queue.session();
    if (now.isEmpty()) {
      return now;
    }
    QueueSession session = now.get();
    switch (session.state()) {
      case BOUND -> {
        // A session may be newer than what the engine has seen: look again before giving it up.
        if (session.attachment() == attachment
            || session.attachment() == device.state().attachment()) {
          using = session.attachment();
          return now;
        }
        using = 0;
        over = true;
      }
      case OPENED -> {
        session.fill();
        device.nudge();
      }
      case CLOSED -> {
        session.rings().reclaim();
        queue.forget();
        device.nudge();
      }
      case FILLED, GIVEN_UP -> {
        // The control thread's turn.
      }
    }
    return Optional.empty();
  }

  /// Which attachment's session is in use; 0 for none.
  int using() {
    return using;
  }

  /// Gives up the session if [#attend] found it to be over. Nobody may wait at its descriptor.
  void giveUpOld() {
    if (over) {
      over = false;
      queue.session().ifPresent(QueueSession::giveUp);
      device.nudge();
    }
  }

  /// Adds the descriptor of the session in use.
  void addTo(List<FileDescriptor> descriptors) {
    if (using != 0) {
      queue.session().ifPresent(session -> descriptors.add(session.descriptor()));
    }
  }

  static void watch(QueueCare[] all, SocketEngine beneath) {
    List<FileDescriptor> descriptors = new ArrayList<>();
    for (QueueCare care : all) {
      care.addTo(descriptors);
    }
    beneath.alsoAwait(descriptors);
  }

  /// Once a second.
  void tick(boolean carrying) {
    count(queue.sampled());
    Optional<QueueSession> session = queue.session();
    if (using == 0 || session.isEmpty()) {
      still = 0;
      return;
    }
    boolean moves =
        !carrying
            || session.get().rings().sending() == 0
            || session.get().rings().completed() != completed;
    completed = session.get().rings().completed();
    still = moves ? 0 : still + 1;
    if (still == STALLED_TICKS) {
      device.suspect(
          "queue %d of %s sent nothing for %d s"
              .formatted(queue.number(), device.name(), STALLED_TICKS));
    }
  }

  /// Counts what the kernel lost since the last time.
  void count(XdpStatistics now) {
    drop(DropReason.RECEIVE_BUFFER_FULL, now.rxRingFull() - counted.rxRingFull());
    drop(DropReason.RECEIVE_NO_FRAME, now.fillRingEmpty() - counted.fillRingEmpty());
    // What lacked a frame is in both; the rest did not fit one.
    drop(
        DropReason.RECEIVE_TRUNCATED,
        (now.rxDropped() - now.fillRingEmpty()) - (counted.rxDropped() - counted.fillRingEmpty()));
    counted = now;
  }

  private void drop(DropReason reason, long datagrams) {
    if (datagrams > 0) {
      counters.dropped(reason, datagrams);
    }
  }
}
