package org.vexor.testkit.net;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Two hosts on one cable: network namespaces joined by a veth pair, made and removed by `ip`.
///
/// ```
///   left namespace                      right namespace
///   v0  10.77.0.1/24  fd77::1/64  ----  v0  10.77.0.2/24  fd77::2/64
/// ```
///
/// Names are unique to the process and the call, so any number may live at once. Closing removes
/// both namespaces; a shutdown hook does so if the test is killed before. Needs root: put
/// [RequiresRoot] on the test.
///
/// To open sockets in a host from Java, enter [Host#path()] with setns on the calling thread
/// (`org.vexor.linux.process.NetworkNamespace`).
public final class VirtualHosts implements AutoCloseable {
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final Host left;
  private final Host right;
  private final Options options;
  private final Thread hook;

  private VirtualHosts(Host left, Host right, Options options) {
    this.left = left;
    this.right = right;
    this.options = options;
    this.hook = new Thread(this::remove, "remove-" + left.namespace);
  }

  /// Makes two hosts with one queue, MTU 1500, IPv4 and IPv6, and checksums filled in by the sender
  /// (so that AF_XDP sees correct ones).
  public static VirtualHosts create(String prefix) {
    return create(prefix, Options.standard());
  }

  /// Makes two hosts as `options` say.
  ///
  /// @param prefix who makes them, up to 20 characters; the namespaces are `prefix-PID-SERIAL-left`
  ///   and `-right`
  /// @throws IllegalStateException with the output of the command that failed; nothing is left
  public static VirtualHosts create(String prefix, Options options) {
    String name = prefix + "-" + ProcessHandle.current().pid() + "-" + SERIAL.incrementAndGet();
    VirtualHosts hosts =
        new VirtualHosts(
            new Host(name + "-left", "10.77.0.1", "fd77::1"),
            new Host(name + "-right", "10.77.0.2", "fd77::2"),
            options);
    Runtime.getRuntime().addShutdownHook(hosts.hook);
    try {
      Shell.run("ip", "netns", "add", hosts.left.namespace);
      Shell.run("ip", "netns", "add", hosts.right.namespace);
      hosts.join();
      return hosts;
    } catch (RuntimeException e) {
      hosts.close();
      throw e;
    }
  }

  /// Takes the cable away: `v0` is gone at both ends, as when a driver is unloaded.
  public void cut() {
    left.ip("link", "del", "v0");
  }

  /// Lays a cable again, with the same addresses; index and MAC of `v0` are others.
  public void join() {
    String queues = Integer.toString(options.queues);
    // Made inside the left namespace, so no name of the host's own can clash.
    String mtu = Integer.toString(options.mtu);
    String[] end = {"mtu", mtu, "numrxqueues", queues, "numtxqueues", queues};
    List<String> command =
        new ArrayList<>(List.of("ip", "-n", left.namespace, "link", "add", "v0"));
    command.addAll(List.of(end));
    command.addAll(List.of("type", "veth", "peer", "name", "v0", "netns", right.namespace));
    command.addAll(List.of(end));
    Shell.run(command.toArray(String[]::new));
    for (Host host : new Host[] {left, right}) {
      if (options.queues > 1) {
        host.run("ethtool", "-L", "v0", "rx", queues, "tx", queues);
      }
      if (!options.transmitChecksumOffload) {
        host.run("ethtool", "-K", "v0", "tx", "off");
      }
      host.ip("addr", "add", host.ipv4 + "/24", "dev", "v0");
      if (options.ipv6) {
        // nodad: usable at once, not after the second that duplicate detection takes.
        host.ip("-6", "addr", "add", host.ipv6 + "/64", "dev", "v0", "nodad");
      } else {
        host.run("sysctl", "-qw", "net.ipv6.conf.v0.disable_ipv6=1");
      }
      host.ip("link", "set", "lo", "up");
      host.ip("link", "set", "v0", "up");
    }
  }

  /// The first host.
  public Host left() {
    return left;
  }

  /// The second host.
  public Host right() {
    return right;
  }

  /// Removes both hosts; harmless when called again.
  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The machine is shutting down and the hook runs anyway.
      assert e.getMessage() != null;
    }
  }

  private void remove() {
    // Fails when it was not made or is gone already: then there is nothing to remove.
    Shell.attempt("ip", "netns", "del", left.namespace);
    Shell.attempt("ip", "netns", "del", right.namespace);
  }

  /// One of the two: its namespace, its interface `v0`, its addresses.
  ///
  /// @param namespace name for `ip netns`
  /// @param ipv4 dotted address on `v0`
  /// @param ipv6 address on `v0`, there only with [Options#ipv6()]
  public record Host(String namespace, String ipv4, String ipv6) {
    /// The interface's name in this host's namespace.
    public String interfaceName() {
      return "v0";
    }

    /// The file that setns(2) takes to enter this host.
    public Path path() {
      return Path.of("/run/netns", namespace);
    }

    /// The MAC address of `v0`, 6 bytes.
    public byte[] mac() {
      String[] parts = run("cat", "/sys/class/net/v0/address").strip().split(":", -1);
      byte[] mac = new byte[parts.length];
      for (int i = 0; i < mac.length; i++) {
        mac[i] = (byte) Integer.parseInt(parts[i], 16);
      }
      return mac;
    }

    /// The index of `v0`.
    public int interfaceIndex() {
      return Integer.parseInt(run("cat", "/sys/class/net/v0/ifindex").strip());
    }

    /// Runs `ip ARGUMENTS` for this host, which must succeed, and gives its output.
    public String ip(String... arguments) {
      String[] command = new String[arguments.length + 3];
      command[0] = "ip";
      command[1] = "-n";
      command[2] = namespace;
      System.arraycopy(arguments, 0, command, 3, arguments.length);
      return Shell.run(command);
    }

    /// Runs a program inside this host, which must succeed, and gives its output.
    public String run(String... program) {
      String[] command = new String[program.length + 4];
      command[0] = "ip";
      command[1] = "netns";
      command[2] = "exec";
      command[3] = namespace;
      System.arraycopy(program, 0, command, 4, program.length);
      return Shell.run(command);
    }
  }

  /// How the cable is.
  ///
  /// @param queues receive and transmit queues of each end
  /// @param mtu bytes; over 3506 a native XDP program does not attach
  /// @param ipv6 whether the ends have IPv6 addresses
  /// @param transmitChecksumOffload whether senders leave checksums to the cable, as veth does by
  ///   default; AF_XDP then sees unfinished ones
  public record Options(int queues, int mtu, boolean ipv6, boolean transmitChecksumOffload) {
    /// One queue, MTU 1500, IPv6, checksums filled in by the sender.
    public static Options standard() {
      return new Options(1, 1500, true, false);
    }

    /// The same with another number of queues.
    public Options withQueues(int number) {
      return new Options(number, mtu, ipv6, transmitChecksumOffload);
    }

    /// The same with another MTU in bytes.
    public Options withMtu(int bytes) {
      return new Options(queues, bytes, ipv6, transmitChecksumOffload);
    }
  }
}
