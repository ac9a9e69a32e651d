package org.vexor.packet.batch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
import org.vexor.packet.socket.SocketEngine;
import org.vexor.packet.socket.SocketPort;
import org.vexor.packet.socket.SocketPorts;

/// A set of UDP sockets driven by one thread, in batches of 64 datagrams a system call.
///
/// Nothing is copied or allocated for each datagram by this side: they are received into the frames
/// that handlers see, and sent from the memory that users wrote. With [PortOptions#withReusePort]
/// several engines share a port's flows.
public final class BatchEngine implements SocketEngine {
  private final Instant since;
  private final Receiver receiver;
  private final SocketPorts ports;

  /// @throws PortException when this is not Linux, or it gives no eventfd (too many open files)
  public BatchEngine(EngineOptions options, Clock clock) {
    String system = System.getProperty("os.name", "");
    if (!system.equals("Linux")) {
      throw new PortException(
          "recvmmsg and sendmmsg need Linux, this is " + system, "use the DatagramChannel engine");
    }
    since = clock.instant();
    receiver = new Receiver(options);
    try {
      ports = new SocketPorts(options, true);
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
    return ports.open(portOptions, handler, alsoCounted, receiver::abandon);
  }

  @Override
  public void alsoAwait(List<FileDescriptor> descriptors) {
    ports.alsoAwait(descriptors);
  }

  @Override
  public int doWork() {
    receiver.ledger().reclaim();
    int work = receiver.resume();
    // Handlers may open and close ports: this turn is of those that were open when it began.
    for (SocketPort port : ports.now()) {
      work += receiver.receive(port);
    }
    work += ports.flush();
    if (work == 0) {
      ports.idle();
    }
    return work;
  }

  @Override
  public void await(long timeoutNs) {
    if (!ports.isClosed() && !receiver.interrupted()) {
      ports.await(timeoutNs);
    }
  }

  @Override
  public void wakeup() {
    ports.wakeup();
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
    return ports.list();
  }

  @Override
  public TrafficCounters counters() {
    return ports.counters();
  }

  @Override
  public void close() {
    ports.close();
  }
}
