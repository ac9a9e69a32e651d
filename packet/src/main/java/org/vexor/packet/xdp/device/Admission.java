package org.vexor.packet.xdp.device;

import java.util.List;
import java.util.Optional;
import org.vexor.linux.netlink.Link;
import org.vexor.packet.PortException;

/// What is looked at before a device is touched, so that the answer is in words and not an errno.
final class Admission {
  private Admission() {}

  /// The interface. One that is down will do: the program attaches, and waits with it.
  ///
  /// @throws PortException when there is none
  static Link usable(String name, Optional<Link> found) {
    return found.orElseThrow(
        () ->
            new PortException(
                "AF_XDP on " + name + " not opened: no such interface here",
                "name one that `ip link` lists"));
  }

  /// Refuses queues that are not there or taken, and frames that differ from the others'.
  ///
  /// @throws PortException with the remedy
  static void check(Link link, List<Member> members, Member member) {
    for (XdpQueue queue : member.queues()) {
      if (queue.number() < 0 || queue.number() >= link.rxQueues()) {
        throw new PortException(
            "AF_XDP on %s not opened: it has no queue %d, only %d"
                .formatted(link.name(), queue.number(), link.rxQueues()),
            "use queues 0 to " + (link.rxQueues() - 1));
      }
      for (Member other : members) {
        checkBeside(link, other, queue);
      }
    }
  }

  private static void checkBeside(Link link, Member other, XdpQueue queue) {
    if (other.queues().stream().anyMatch(its -> its.number() == queue.number())) {
      throw new PortException(
          "AF_XDP on %s not opened: an engine of this process has queue %d"
              .formatted(link.name(), queue.number()),
          "give each engine queues of its own");
    }
    if (other.queues().getFirst().maxFrameBytes() > queue.maxFrameBytes()) {
      throw new PortException(
          "AF_XDP on " + link.name() + " not opened: its other engines have larger frames",
          "give all engines of an interface the same largest payload");
    }
  }
}
