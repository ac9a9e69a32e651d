package org.vexor.packet.xdp.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vexor.linux.KernelException;
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

  private final Key key;
  private final DeviceMode asked;
  private final Supervisor supervisor;

  private XdpDevice(Key key, DeviceMode asked, Supervisor supervisor) {
    this.key = key;
    this.asked = asked;
    this.supervisor = supervisor;
  }

  /// Begins to use an interface of the calling thread's network namespace: opens a session on each
  /// queue, and attaches the program if nobody did before.
  ///
  /// @param confirmSeconds after so long the program is detached unless [#confirm] was called; 0
  ///   for never
  /// @param wake ends a sleep of the engine, when something changes that it should look at
  /// @throws PortException when it cannot be used, with the remedy; nothing is left behind then
  public static XdpDevice join(
      String name,
      DeviceMode mode,
      int confirmSeconds,
      List<XdpQueue> queues,
      Runnable wake,
      Clock clock) {
    synchronized (OPEN) {
      Key key = new Key(namespace(), name);
      boolean first = !OPEN.containsKey(key);
      try {
        XdpDevice device =
            OPEN.computeIfAbsent(
                key,
                wanted ->
                    new XdpDevice(wanted, mode, new Supervisor(name, mode, confirmSeconds, clock)));
        device.add(mode, new Member(queues, wake), first);
        return device;
      } catch (KernelException e) {
        throw PortException.of("AF_XDP on " + name, e);
      }
    }
  }

  private void add(DeviceMode mode, Member member, boolean first) {
    try {
      if (mode != asked) {
        throw new PortException(
            "AF_XDP on %s not opened as %s: it is in use as %s"
                .formatted(key.name, mode.label(), asked.label()),
            "ask for the same mode in all engines of an interface");
      }
      supervisor.add(member);
      if (first) {
        supervisor.start();
      }
    } catch (RuntimeException e) {
      if (first) {
        OPEN.remove(key);
        supervisor.close();
      }
      throw e;
    }
  }

  private static String namespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
    } catch (IOException e) {
      throw new PortException("network namespace of this thread not known", "mount /proc", e);
    }
  }

  /// Ends the use by one engine; its sessions are closed and their frames its own when this
  /// returned. Engine.
  public void leave(List<XdpQueue> queues) {
    boolean last;
    synchronized (OPEN) {
      last = supervisor.remove(queues);
      if (last) {
        OPEN.remove(key);
      }
    }
    if (last) {
      supervisor.close();
    }
  }

  /// Takes datagrams to a bound address from now on.
  ///
  /// @throws KernelException E2BIG when the program has no room for more
  public void take(Endpoint local, List<XdpQueue> queues) {
    supervisor.take(local, queues);
  }

  /// Leaves them to the kernel again.
  public void spare(Endpoint local, List<XdpQueue> queues) {
    supervisor.spare(local, queues);
  }

  /// The program may stay attached.
  public void confirm() {
    supervisor.confirm();
  }

  /// Has the control thread look: a session is given up, filled, or reclaimed.
  public void nudge() {
    supervisor.nudge();
  }

  /// A queue does not do what it should: everything is made anew.
  public void suspect(String why) {
    supervisor.suspect(why);
  }

  /// What is true now.
  public DeviceState state() {
    return supervisor.state();
  }

  /// Counts seconds, for what engines do once a second.
  public long ticks() {
    return supervisor.ticks();
  }

  /// Next hops in use, two longs each: the kernel does not see that, and would forget them.
  public void inUse(long[] hops, int count) {
    supervisor.inUse(hops, count);
  }

  /// How it was to be used.
  public DeviceMode asked() {
    return asked;
  }

  /// The interface's name.
  public String name() {
    return key.name;
  }

  /// The driver's name; empty when it does not say.
  public String driver() {
    return supervisor.driver();
  }
}
