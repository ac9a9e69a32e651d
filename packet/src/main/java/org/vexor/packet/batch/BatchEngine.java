package org.vexor.packet.batch;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.socket.BoundSocket;
import org.vexor.packet.socket.Sleeper;
import org.vexor.packet.socket.SocketEngine;

/// A set of UDP sockets driven by one thread, in batches of 64 datagrams a system call.
///
/// Nothing is copied or allocated for each datagram by this side: they are received into the frames
/// that handlers see, and sent from the memory that users wrote. With [PortOptions#withReusePort]
/// several engines share a port's flows.
public final class BatchEngine implements SocketEngine {
  private static final BatchPort[] NONE = {};

  private final EngineOptions options;
  private final Instant since;
  private final Receiver receiver;
  private final Sleeper sleeper;
  private final TrafficCounters counters = new TrafficCounters();
  private List<FileDescriptor> others = List.of();
  private volatile BatchPort[] ports = NONE;
  private volatile boolean closed;

  /// @throws PortException when this is not Linux, or it gives no eventfd (too many open files)
  public BatchEngine(EngineOptions options, Clock clock) {
    String system = System.getProperty("os.name", "");
    if (!system.equals("Linux")) {
      throw new PortException(
          "recvmmsg and sendmmsg need Linux, this is " + system, "use the DatagramChannel engine");
    }
    this.options = options;
    since = clock.instant();
    receiver = new Receiver(options);
    try {
      sleeper = new Sleeper();
    } catch (KernelException e) {
      throw PortException.of("engine", e);
    }
  }

  public BatchEngine(EngineOptions options) {
    this(options, Clock.systemUTC());
  }

  @Override
  public PacketPort open(
      PortOptions portOptions, DatagramHandler handler, TrafficCounters... alsoCounted) {
    if (closed) {
      throw new PortException("port " + portOptions.bind() + " not opened: the engine is closed");
    }
    BoundSocket socket = BoundSocket.open(portOptions);
    var port = new BatchPort(this, socket, options, handler, portCounters(alsoCounted));
    BatchPort[] more = Arrays.copyOf(ports, ports.length + 1);
    more[ports.length] = port;
    replace(more);
    return port;
  }

  private TrafficCounters portCounters(TrafficCounters[] alsoCounted) {
    TrafficCounters[] parents = Arrays.copyOf(alsoCounted, alsoCounted.length + 1);
    parents[alsoCounted.length] = counters;
    return new TrafficCounters(parents);
  }

  private void replace(BatchPort[] now) {
    ports = now;
    watch();
  }

  private void watch() {
    Stream<FileDescriptor> sockets = Arrays.stream(ports).map(port -> port.socket().descriptor());
    sleeper.watch(Stream.concat(sockets, others.stream()).toList());
  }

  @Override
  public void alsoAwait(List<FileDescriptor> descriptors) {
    others = List.copyOf(descriptors);
    watch();
  }

  @Override
  public int doWork() {
    receiver.ledger().reclaim();
    int work = receiver.resume();
    // Handlers may open and close ports: this turn is of those that were open when it began.
    BatchPort[] turn = ports;
    for (BatchPort port : turn) {
      work += receiver.receive(port);
    }
    for (BatchPort port : turn) {
      work += port.flush();
    }
    return work;
  }

  @Override
  public void await(long timeoutNs) {
    if (closed || receiver.interrupted()) {
      return;
    }
    BatchPort[] now = ports;
    for (int i = 0; i < now.length; i++) {
      sleeper.output(i, now[i].queued() > 0);
    }
    sleeper.await(timeoutNs);
  }

  @Override
  public void wakeup() {
    sleeper.wakeup();
  }

  @Override
  public void release(long frame) {
    receiver.ledger().release(Math.toIntExact(frame));
  }

  @Override
  public BackendReport report() {
    return new BackendReport(
        Backend.UDP, "recvmmsg/sendmmsg", since, List.of(BackendReport.Attempt.inUse(Backend.UDP)));
  }

  @Override
  public List<PacketPort> ports() {
    return List.of(ports);
  }

  @Override
  public TrafficCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (BatchPort port : ports) {
      port.close();
    }
    sleeper.close();
  }

  void closed(BatchPort port) {
    receiver.abandon(port);
    replace(Arrays.stream(ports).filter(other -> other != port).toArray(BatchPort[]::new));
  }
}
