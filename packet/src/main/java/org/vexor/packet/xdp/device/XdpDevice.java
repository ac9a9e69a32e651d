package org.vexor.packet.xdp.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.netlink.Link;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;

/// A network interface that engines of this process receive from and send by, past the kernel.
///
/// Shared: whoever asks for the same interface in the same network namespace gets the same one, and
/// the last [#leave] detaches. Threading: any thread; none of it is for each packet, but [#state],
/// which is one volatile read.
public final class XdpDevice {
  /// An interface has one program, so a process has one of these for it: hence the one static map.
  private static final Map<Key, XdpDevice> OPEN = new HashMap<>();

  private record Key(String namespace, String name) {}

  /// Who uses it.
  private record Member(List<XdpQueue> queues, Runnable wake) {}

  private final Key key;
  private final DeviceMode asked;
  private final NetworkWatch watch;
  private final List<Member> members = new ArrayList<>();
  private final Takings takings = new Takings();
  private Optional<Attachment> attachment = Optional.empty();
  private int attachments;
  private boolean confirmed;
  private final long confirmBeforeNs;
  private volatile DeviceState state;

  private XdpDevice(Key key, DeviceMode asked, int confirmSeconds) {
    this.key = key;
    confirmed = confirmSeconds == 0;
    confirmBeforeNs = System.nanoTime() + confirmSeconds * 1_000_000_000L;
    this.asked = asked;
    this.watch = new NetworkWatch(key.name, this::changed);
    Link link = usable(watch.network().link(key.name));
    state = new DeviceState(0, watch.network(), link, 0, false, "not attached", "");
  }

  private Link usable(Optional<Link> found) {
    Link link =
        found.orElseThrow(
            () ->
                new PortException(
                    "AF_XDP on " + key.name + " not opened: no such interface here",
                    "name one that `ip link` lists"));
    if (!link.isUp()) {
      throw new PortException(
          "AF_XDP on " + key.name + " not opened: the interface is down",
          "ip link set dev " + key.name + " up");
    }
    return link;
  }

  /// Begins to use an interface of the calling thread's network namespace: opens a session on each
  /// queue, and attaches the program if nobody did before.
  ///
  /// @param confirmSeconds after so long the program is detached unless [#confirm] was called; 0
  ///   for never
  /// @param wake ends a sleep of the engine, when something changes that it should look at
  /// @throws PortException when it cannot be used, with the remedy; nothing is left behind then
  public static XdpDevice join(
      String name, DeviceMode mode, int confirmSeconds, List<XdpQueue> queues, Runnable wake) {
    synchronized (OPEN) {
      Key key = new Key(namespace(), name);
      boolean first = !OPEN.containsKey(key);
      XdpDevice device = OPEN.computeIfAbsent(key, wanted -> create(wanted, mode, confirmSeconds));
      try {
        device.add(mode, new Member(List.copyOf(queues), wake));
      } catch (RuntimeException e) {
        if (first) {
          OPEN.remove(key);
          device.watch.close();
        }
        throw e;
      }
      if (first) {
        device.watch.start();
      }
      return device;
    }
  }

  private static XdpDevice create(Key key, DeviceMode mode, int confirmSeconds) {
    try {
      return new XdpDevice(key, mode, confirmSeconds);
    } catch (KernelException e) {
      throw PortException.of("AF_XDP on " + key.name, e);
    }
  }

  private static String namespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
    } catch (IOException e) {
      throw new PortException("network namespace of this thread not known", "mount /proc", e);
    }
  }

  private synchronized void add(DeviceMode mode, Member member) {
    if (mode != asked && !members.isEmpty()) {
      throw new PortException(
          "AF_XDP on %s not opened as %s: it is in use as %s"
              .formatted(key.name, mode.label(), asked.label()),
          "ask for the same mode in all engines of an interface");
    }
    try {
      if (attachment.isPresent()) {
        start(member, attachment.get());
      } else {
        attach(member);
      }
    } catch (KernelException e) {
      throw PortException.of("AF_XDP on " + key.name, e);
    }
    members.add(member);
  }

  private void attach(Member member) {
    Link link = state.link();
    List<ModePlan> plans = ModePolicy.plans(asked);
    for (int i = 0; i < plans.size(); i++) {
      Attachment made =
          Attachment.load(++attachments, link.index(), Math.max(1, link.rxQueues()), plans.get(i));
      try {
        start(member, made);
        try {
          made.attach();
        } catch (RuntimeException e) {
          stop(member, made);
          throw e;
        }
      } catch (KernelException e) {
        made.close();
        if (i + 1 < plans.size() && wantsOtherMode(e)) {
          continue;
        }
        throw e;
      }
      attachment = Optional.of(made);
      takings.show(made.filter(), watch.network().addresses(), link.index());
      state =
          new DeviceState(state.version() + 1, watch.network(), link, made.number(), true, "", "");
      return;
    }
  }

  /// Whether the driver cannot do what was asked, but could do less.
  private static boolean wantsOtherMode(KernelException refused) {
    return switch (refused.errno()) {
      case Errno.EOPNOTSUPP, Errno.ERANGE, Errno.EINVAL -> true;
      default -> false;
    };
  }

  private static void start(Member member, Attachment made) {
    int started = 0;
    try {
      for (XdpQueue queue : member.queues) {
        queue.start(made);
        started++;
      }
    } catch (RuntimeException e) {
      for (XdpQueue queue : member.queues.subList(0, started)) {
        stop(queue, made);
      }
      throw e;
    }
  }

  private static void stop(Member member, Attachment made) {
    member.queues.forEach(queue -> stop(queue, made));
  }

  private static void stop(XdpQueue queue, Attachment made) {
    // Out of the map first: a closed socket that is still in it swallows packets.
    made.filter().clearSocket(queue.number());
    queue.close();
    queue.session().ifPresent(QueueSession::reclaim);
    queue.forget();
  }

  /// Ends the use by one engine; its sessions are closed when this returns. Engine.
  public void leave(List<XdpQueue> queues) {
    synchronized (OPEN) {
      synchronized (this) {
        members.removeIf(member -> member.queues.equals(queues));
        if (members.isEmpty()) {
          OPEN.remove(key);
          attachment.ifPresent(Attachment::detach);
        }
        for (XdpQueue queue : queues) {
          attachment.ifPresent(made -> stop(queue, made));
        }
        if (members.isEmpty()) {
          attachment.ifPresent(Attachment::close);
          attachment = Optional.empty();
        }
      }
    }
    if (isUnused()) {
      watch.close();
    }
  }

  private synchronized boolean isUnused() {
    return members.isEmpty();
  }

  /// Takes datagrams to a bound address from now on.
  public synchronized void take(Endpoint local, List<XdpQueue> queues) {
    takings.add(local, queues);
    attachment.ifPresent(
        made -> takings.show(made.filter(), state.network().addresses(), state.link().index()));
  }

  /// Leaves them to the kernel again.
  public synchronized void leave(Endpoint local, List<XdpQueue> queues) {
    takings.remove(local, queues);
    attachment.ifPresent(
        made -> takings.show(made.filter(), state.network().addresses(), state.link().index()));
  }

  /// What is true now.
  public DeviceState state() {
    return state;
  }

  /// How it is used, as `native, copy`; as asked when it is not attached.
  public synchronized String mode() {
    return attachment.map(made -> made.plan().label()).orElse(asked.label());
  }

  /// How it was to be used.
  public DeviceMode asked() {
    return asked;
  }

  public String name() {
    return key.name;
  }

  /// The program may stay attached.
  public synchronized void confirm() {
    confirmed = true;
  }

  /// The network changed. Control thread.
  private void changed() {
    synchronized (this) {
      if (!confirmed && System.nanoTime() - confirmBeforeNs >= 0) {
        attachment.ifPresent(Attachment::detach);
      }
      DeviceState last = state;
      Link link = watch.network().link(key.name).orElse(last.link());
      state =
          new DeviceState(
              last.version() + 1,
              watch.network(),
              link,
              last.attachment(),
              last.carrying(),
              last.outcome(),
              last.remedy());
      attachment.ifPresent(
          made -> takings.show(made.filter(), state.network().addresses(), link.index()));
      members.forEach(member -> member.wake.run());
    }
  }
}
