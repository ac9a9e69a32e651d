package org.vexor.packet.socket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.process.EventFd;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;

/// The open ports of an engine on sockets, what they counted, and what its owner sleeps on.
///
/// Owner thread only, but for [#wakeup], [#list] and [#counters].
public final class SocketPorts implements AutoCloseable {
  private static final SocketPort[] NONE = {};

  /// How often idle owners ask for losses that no datagram tells of; the clock is read every 16th
  /// turn, as it costs as much as an idle turn does besides.
  private static final int IDLE_TURNS = 15;

  private static final long LOSSES_NS = 100_000_000L;

  private final EngineOptions options;
  private final boolean awaitInput;
  private final Sleeper sleeper = new Sleeper();
  private final TrafficCounters counters = new TrafficCounters();
  private List<FileDescriptor> others = List.of();
  private volatile SocketPort[] ports = NONE;
  private volatile boolean closed;
  private int idleTurns;
  private long lossesNs = System.nanoTime();

  /// @param awaitInput whether [#await] ends when a socket can be read
  /// @throws org.vexor.linux.KernelException when the kernel gives no eventfd
  public SocketPorts(EngineOptions options, boolean awaitInput) {
    this.options = options;
    this.awaitInput = awaitInput;
  }

  /// Opens one.
  ///
  /// @param closing told when it is closed, while its socket is still open
  /// @throws PortException when the address cannot be bound, or all is closed
  public SocketPort open(
      PortOptions portOptions,
      DatagramHandler handler,
      TrafficCounters[] alsoCounted,
      Consumer<SocketPort> closing) {
    if (closed) {
      throw new PortException("port " + portOptions.bind() + " not opened: the engine is closed");
    }
    TrafficCounters[] parents = Arrays.copyOf(alsoCounted, alsoCounted.length + 1);
    parents[alsoCounted.length] = counters;
    var port =
        new SocketPort(
            BoundSocket.open(portOptions),
            options,
            handler,
            new TrafficCounters(parents),
            closing.andThen(this::remove));
    SocketPort[] more = Arrays.copyOf(ports, ports.length + 1);
    more[ports.length] = port;
    ports = more;
    watch();
    return port;
  }

  private void remove(SocketPort port) {
    ports = Arrays.stream(ports).filter(Predicate.not(port::equals)).toArray(SocketPort[]::new);
    watch();
  }

  private void watch() {
    List<FileDescriptor> files = new ArrayList<>();
    for (SocketPort port : ports) {
      files.add(port.socket().descriptor());
    }
    files.addAll(others);
    sleeper.watch(files);
  }

  /// What is open now; to be read only. It is replaced, never changed, so whoever goes through it
  /// may open and close ports.
  public SocketPort[] now() {
    return ports;
  }

  /// As [org.vexor.packet.PacketEngine#ports].
  public List<PacketPort> list() {
    return List.of(ports);
  }

  /// The sum over all ports.
  public TrafficCounters counters() {
    return counters;
  }

  /// As [SocketEngine#alsoAwait].
  public void alsoAwait(List<FileDescriptor> descriptors) {
    others = List.copyOf(descriptors);
    watch();
  }

  /// What also ends [#await] when it is signalled. Lives as long as this is open.
  public EventFd event() {
    return sleeper.event();
  }

  /// Offers what was committed on all ports to the kernel.
  ///
  /// @return how many datagrams it took
  public int flush() {
    int sent = 0;
    for (SocketPort port : ports) {
      sent += port.flush();
    }
    return sent;
  }

  /// Whether the owner has nothing to wait for but what the engine itself knows of.
  public boolean awaitsNothingElse() {
    boolean none = others.isEmpty();
    for (SocketPort port : ports) {
      none &= port.queued() == 0;
    }
    return none;
  }

  /// Sleeps as [org.vexor.packet.PacketEngine#await] says.
  public void await(long timeoutNs) {
    countLosses();
    SocketPort[] now = ports;
    for (int i = 0; i < now.length; i++) {
      sleeper.interest(i, awaitInput, now[i].queued() > 0);
    }
    sleeper.await(timeoutNs);
  }

  /// Begins a sleep of the engine's own kind, while [#awaitsNothingElse]; [#endSleep] is to follow.
  ///
  /// @return false when there is to be no sleep
  public boolean beginSleep() {
    countLosses();
    return sleeper.begin();
  }

  /// Ends what [#beginSleep] began.
  public void endSleep() {
    sleeper.end();
  }

  /// A turn without work is over: from time to time counts losses that no datagram told of.
  public void idle() {
    if ((++idleTurns & IDLE_TURNS) == 0) {
      countLosses();
    }
  }

  private void countLosses() {
    long nowNs = System.nanoTime();
    if (nowNs - lossesNs > LOSSES_NS) {
      lossesNs = nowNs;
      for (SocketPort port : ports) {
        port.countLost();
      }
    }
  }

  /// As [org.vexor.packet.PacketEngine#wakeup].
  public void wakeup() {
    sleeper.wakeup();
  }

  public boolean isClosed() {
    return closed;
  }

  /// Closes all ports.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (SocketPort port : ports) {
        port.close();
      }
      sleeper.close();
    }
  }
}
