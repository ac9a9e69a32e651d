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

  /// Closes what engines have given up, and what was filled for an attempt that failed.
  ///
  /// @param wanted the attachment whose sessions are good
  static void closeOld(List<Member> members, int wanted) {
    for (Member member : members) {
      for (XdpQueue queue : member.queues()) {
        boolean stale =
            queue.is(QueueSession.State.FILLED)
                && queue.session().orElseThrow().attachment() != wanted;
        if (stale || queue.is(QueueSession.State.GIVEN_UP)) {
          queue.close();
          member.wake().run();
        }
      }
    }
  }

  /// Opens sessions where there are none, and binds those that were filled. An engine that sleeps
  /// and has not given up its old one holds up nobody else: its queue goes by the kernel meanwhile.
  ///
  /// @return whether one is bound
  /// @throws org.vexor.linux.KernelException when one is refused
  static boolean advance(List<Member> members, Attachment made) {
    boolean bound = false;
    for (Member member : members) {
      for (XdpQueue queue : member.queues()) {
        if (queue.session().isEmpty()) {
          queue.open(made);
          member.wake().run();
        } else if (queue.is(QueueSession.State.FILLED)) {
          queue.bind(made);
          member.wake().run();
        }
        bound |=
            queue.is(QueueSession.State.BOUND)
                && queue.session().orElseThrow().attachment() == made.number();
      }
    }
    return bound;
  }
}
