package org.vexor.packet.uring;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.uring.UringProbe;
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

/// A set of UDP sockets that one io_uring receives from, driven by one thread.
///
/// The kernel puts datagrams into frames that it was lent before and says so in shared memory;
/// nothing is copied or allocated for each of them by this side. They are sent by sendmmsg(2),
/// which joins neighbours of one destination into one walk through the kernel's stack. Datagrams to
/// 64 different peers, too, cost less by it than as so many requests in one io_uring_enter(2): 2.6
/// against 2.8 µs each (`FanOutBenchmark` of module bench, Linux 6.18).
///
/// Of the receive frames it uses 65536 at most, as the kernel numbers buffers with 16 bits.
///
/// The kernel serves the thread that first called [#doWork] or [#await]. When another one becomes
/// the owner, the ring is made again for it. When a port is closed by a thread that did not drive
/// the engine while the one that did is alive, the kernel gives the port's number free only when
/// the ring is made again or closed, some milliseconds later.
public final class UringEngine implements SocketEngine {
  private final Instant since;
  private final UringReceiver receiver;
  private final SocketPorts ports;

  /// Tries a multishot receive on the loopback interface first, which takes less than a
  /// millisecond.
  ///
  /// @throws PortException when io_uring is not there, too old, or switched off; its remedy says
  ///   what to do
  public UringEngine(EngineOptions options, Clock clock) {
    since = clock.instant();
    if (UringProbe.run() instanceof UringProbe.Unsupported no) {
      throw new PortException("io_uring not opened: " + no.reason(), no.remedy());
    }
    try {
      ports = new SocketPorts(options, false);
    } catch (KernelException e) {
      throw PortException.of("io_uring", e);
    }
    try {
      receiver = new UringReceiver(options, ports.event());
    } catch (KernelException e) {
      ports.close();
      throw PortException.of("io_uring", e);
    }
  }

  public UringEngine(EngineOptions options) {
    this(options, Clock.systemUTC());
  }

  @Override
  public PacketPort open(
      PortOptions portOptions, DatagramHandler handler, TrafficCounters... alsoCounted) {
    SocketPort port = ports.open(portOptions, handler, alsoCounted, receiver::remove);
    receiver.add(port);
    return port;
  }

  @Override
  public void alsoAwait(List<FileDescriptor> descriptors) {
    ports.alsoAwait(descriptors);
  }

  @Override
  public int doWork() {
    if (ports.isClosed()) {
      return 0;
    }
    int work = receiver.receive() + ports.flush();
    if (work == 0) {
      ports.idle();
    }
    return work;
  }

  @Override
  public void await(long timeoutNs) {
    if (ports.isClosed()) {
      return;
    }
    if (ports.awaitsNothingElse()) {
      if (receiver.idle()) {
        if (ports.beginSleep() && timeoutNs > 0) {
          receiver.sleep(timeoutNs);
        }
        ports.endSleep();
      }
    } else {
      receiver.signalling(true);
      if (receiver.idle()) {
        ports.await(timeoutNs);
      }
      receiver.signalling(false);
    }
  }

  @Override
  public void wakeup() {
    ports.wakeup();
  }

  @Override
  public void release(long frame) {
    receiver.release(frame);
  }

  @Override
  public BackendReport report() {
    return new BackendReport(
        Backend.IO_URING,
        receiver.mode(),
        since,
        List.of(BackendReport.Attempt.inUse(Backend.IO_URING)));
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
    receiver.close();
  }
}
