package org.vexor.packet.xdp.device;

import java.util.Optional;
import org.vexor.linux.KernelException;
import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetworkSnapshot;

/// Says what is the matter with a device, if anything.
final class Judge {
  private final String name;
  private final int confirmSeconds;
  private final long confirmBeforeNs;
  private volatile boolean confirmed;
  private volatile String suspicion = "";

  /// @param confirmSeconds 0 when nobody need confirm
  Judge(String name, int confirmSeconds) {
    this.name = name;
    this.confirmSeconds = confirmSeconds;
    confirmed = confirmSeconds == 0;
    confirmBeforeNs = System.nanoTime() + confirmSeconds * 1_000_000_000L;
  }

  /// Any thread.
  void confirm() {
    confirmed = true;
  }

  /// An engine saw something stand still. Any thread.
  void suspect(String why) {
    suspicion = why;
  }

  /// Control thread.
  Trouble look(NetworkSnapshot network, Optional<Attachment> attachment) {
    if (!confirmed && System.nanoTime() - confirmBeforeNs >= 0) {
      return new Trouble(
          Trouble.Kind.ENDED,
          "nobody confirmed within " + confirmSeconds + " s that this host can be reached",
          "call confirm once it can, or open without a confirmation time");
    }
    Optional<Link> found = network.link(name);
    if (found.isEmpty()) {
      return lost("interface " + name + " is gone");
    }
    Link link = found.get();
    if (attachment.isPresent() && attachment.get().interfaceIndex() != link.index()) {
      return lost("interface " + name + " was made anew");
    }
    if (!suspicion.isEmpty() && attachment.isPresent()) {
      String why = suspicion;
      suspicion = "";
      return lost(why);
    }
    if (!link.isUp()) {
      return paused("interface " + name + " is down", "ip link set dev " + name + " up");
    }
    if (!link.hasCarrier()) {
      return paused("interface " + name + " has no carrier", "look at cable and peer");
    }
    return program(attachment);
  }

  private static Trouble program(Optional<Attachment> attachment) {
    try {
      if (attachment.isEmpty() || attachment.get().isInForce()) {
        return Trouble.none();
      }
    } catch (KernelException e) {
      // Gone between two looks: the next snapshot says so.
      return Trouble.refused(Trouble.Kind.PAUSED, e);
    }
    return new Trouble(
        Trouble.Kind.DETACHED, "our XDP program was detached", "it is attached again by itself");
  }

  private static Trouble lost(String outcome) {
    return new Trouble(
        Trouble.Kind.LOST, outcome, "AF_XDP is taken up again by itself when it can be");
  }

  private static Trouble paused(String outcome, String remedy) {
    return new Trouble(Trouble.Kind.PAUSED, outcome, remedy);
  }
}
