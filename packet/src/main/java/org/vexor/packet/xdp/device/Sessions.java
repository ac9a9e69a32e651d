package org.vexor.packet.xdp.device;

import java.util.List;
import java.util.Optional;

/// Steps of the queue sessions of a device that its supervisor takes.
final class Sessions {
  private Sessions() {}

  /// Starts all queues of a new member, or none.
  static void start(Member member, Attachment made) {
    int started = 0;
    try {
      for (XdpQueue queue : member.queues()) {
        queue.start(made);
        started++;
      }
    } catch (RuntimeException e) {
      for (XdpQueue queue : member.queues().subList(0, started)) {
        stop(queue, Optional.of(made));
      }
      throw e;
    }
  }

  static void stop(Member member, Attachment made) {
    member.queues().forEach(queue -> stop(queue, Optional.of(made)));
  }

  /// Ends a queue's session whatever its state, when its engine does nothing more with it.
  static void stop(XdpQueue queue, Optional<Attachment> attachment) {
    // Out of the map first: a closed socket that is still in it swallows packets.
    attachment.ifPresent(made -> made.filter().clearSocket(queue.number()));
    queue.close();
    queue.session().ifPresent(session -> session.rings().reclaim());
    queue.forget();
  }

  /// Closes what engines have given up.
  ///
  /// @return how many
  static int closeGivenUp(List<Member> members) {
    int closed = 0;
    for (Member member : members) {
      for (XdpQueue queue : member.queues()) {
        if (queue.is(QueueSession.State.GIVEN_UP)) {
          queue.close();
          closed++;
        }
      }
    }
    return closed;
  }

  /// Whether no session is left but those of `next`.
  static boolean allGone(List<Member> members, Optional<Attachment> next) {
    int wanted = next.map(Attachment::number).orElse(0);
    boolean gone = true;
    for (Member member : members) {
      for (XdpQueue queue : member.queues()) {
        Optional<QueueSession> session = queue.session();
        if (session.isPresent() && session.get().attachment() != wanted) {
          // One that was filled for an attempt that failed is ours to close.
          if (session.get().state() == QueueSession.State.FILLED) {
            queue.close();
            member.wake().run();
          }
          gone = false;
        }
      }
    }
    return gone;
  }

  /// Opens, and binds what was filled.
  ///
  /// @return whether all are bound
  static boolean advance(List<Member> members, Attachment made) {
    boolean all = true;
    for (Member member : members) {
      for (XdpQueue queue : member.queues()) {
        if (queue.session().isEmpty()) {
          queue.open(made);
        } else if (queue.is(QueueSession.State.FILLED)) {
          queue.bind(made);
        }
        all &= queue.is(QueueSession.State.BOUND);
      }
    }
    return all;
  }
}
