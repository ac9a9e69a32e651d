package org.vexor.packet.xdp;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.vexor.linux.KernelException;
import org.vexor.packet.BackendReport;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.socket.SocketEngine;
import org.vexor.packet.xdp.device.ChecksumPolicy;
import org.vexor.packet.xdp.device.DeviceState;
import org.vexor.packet.xdp.device.PacketMemory;
import org.vexor.packet.xdp.device.QueueSession;
import org.vexor.packet.xdp.device.RingSizes;
import org.vexor.packet.xdp.device.XdpDevice;
import org.vexor.packet.xdp.device.XdpQueue;
import org.vexor.packet.xdp.header.FrameParser;
import org.vexor.packet.xdp.header.HeaderWriter;
import org.vexor.packet.xdp.route.Destinations;

/// Datagrams by AF_XDP: from the queues of one interface straight to handlers, and from users'
/// frames straight to the NIC. Built around a [SocketEngine], on which alone it goes on while
/// AF_XDP is lost; see the package's map.
///
/// Needs CAP_NET_RAW, CAP_NET_ADMIN and CAP_BPF, and locked memory for its frames. Linux 5.11 or
/// later.
public final class XdpEngine implements PacketEngine {
  /// A host that one can be locked out of is worse than a slow one.
  private static final int SSH = 22;

  /// Next hops reported as in use at once.
  private static final int HOPS = 1024;

  /// How often: more often than the control thread asks about them.
  private static final int HOPS_TICKS = 10;

  /// How often the sockets beneath are looked at while the rings carry: a hundredth of the time.
  private static final long BENEATH_NS = 50_000;

  /// How long a sleep lasts at most while frames wait for the device: nothing else ends it.
  private static final long RETRY_NS = 1_000_000;

  private final EngineOptions engineOptions;
  private final SocketEngine beneath;
  private final PacketMemory memory;
  private final List<XdpQueue> queues;
  private final QueueCare[] turn;
  private final long[] hops = new long[2 * HOPS];
  private final XdpDevice device;
  private final Destinations destinations;
  private final Transmitter transmitter;
  private final Receiver receiver;
  private final Astray astray;
  private final PortTable ports = new PortTable();
  private final TrafficCounters counters = new TrafficCounters();
  private DeviceState seen;
  private long ticks;
  private long servedNs = System.nanoTime() - BENEATH_NS;
  private boolean awaited;
  private volatile boolean closed;

  private XdpEngine(
      SocketEngine beneath,
      EngineOptions engineOptions,
      PacketMemory memory,
      List<XdpQueue> queues,
      XdpDevice device) {
    this.beneath = beneath;
    this.engineOptions = engineOptions;
    this.memory = memory;
    this.queues = queues;
    this.device = device;
    turn =
        queues.stream()
            .map(queue -> new QueueCare(queue, device, counters))
            .toArray(QueueCare[]::new);
    seen = device.state();
    ticks = device.ticks();
    destinations = new Destinations(seen.network(), seen.link());
    transmitter = new Transmitter(memory, queues.getFirst(), destinations, seen);
    astray = new Astray(counters, beneath.counters(), seen);
    receiver =
        new Receiver(
            memory,
            ports,
            new FrameParser(ChecksumPolicy.verifies(device.driver())),
            engineOptions.maxPayloadBytes(),
            counters);
    // So that a sleep before the first doWork ends by a packet.
    for (QueueCare care : turn) {
      Optional<QueueSession> _ = care.attend(seen.attachment());
    }
    QueueCare.watch(turn, beneath);
  }

  /// Opens one in the calling thread's network namespace.
  ///
  /// @param beneath what it is built around; its, and closed with it, from when this returned
  /// @param options receive frames are those of all queues together
  /// @throws PortException when AF_XDP cannot be had, saying why and what mends it; nothing is left
  ///   behind then, and `beneath` is as it was
  public static XdpEngine open(XdpOptions xdp, SocketEngine beneath, EngineOptions options) {
    return open(xdp, beneath, options, Clock.systemUTC());
  }

  /// As [#open(XdpOptions, SocketEngine, EngineOptions)], with the clock of its report.
  public static XdpEngine open(
      XdpOptions xdp, SocketEngine beneath, EngineOptions options, Clock clock) {
    try {
      MemoryPlan plan = MemoryPlan.of(xdp, options);
      int receiveFrames = plan.receiveFrames();
      var memory =
          new PacketMemory(
              receiveFrames,
              plan.transmitFrames(),
              Math.max(1, receiveFrames / 8),
              plan.frameBytes());
      // The kernel takes no fill ring that could hold all frames.
      int fill = Math.min(xdp.fillEntries(), Integer.highestOneBit(plan.frames() - 1));
      // Not to the brim: then how far the kernel is must be looked up for each frame given back,
      // in a cache line that it writes.
      int most = Math.max(fill - fill / 4, Math.min(fill, xdp.receiveEntries()));
      int filled = Math.min(most, receiveFrames / xdp.queues().size());
      var sizes =
          new RingSizes(
              xdp.receiveEntries(), fill, xdp.transmitEntries(), filled, xdp.busyPollMicros());
      List<XdpQueue> queues =
          xdp.queues().stream().map(number -> new XdpQueue(number, memory, sizes)).toList();
      XdpDevice device =
          XdpDevice.join(
              xdp.networkInterface(),
              xdp.mode(),
              xdp.confirmSeconds(),
              queues,
              beneath::wakeup,
              clock);
      try {
        return new XdpEngine(beneath, options, memory, queues, device);
      } catch (RuntimeException e) {
        device.leave(queues);
        throw e;
      }
    } catch (KernelException e) {
      throw PortException.of("AF_XDP on " + xdp.networkInterface(), e);
    }
  }

  @Override
  public PacketPort open(PortOptions portOptions, DatagramHandler handler) {
    if (closed) {
      throw new PortException("port " + portOptions.bind() + " not opened: the engine is closed");
    }
    if (portOptions.bind().port() == SSH) {
      throw new PortException(
          "port " + portOptions.bind() + " not opened: number 22 is never taken past the kernel",
          "choose another port");
    }
    if (portOptions.reusePort()) {
      SharedNumber.check(portOptions.bind());
    }
    var portCounters = new TrafficCounters(counters);
    var kernelSide = new KernelSide(handler, astray);
    PacketPort socket = beneath.open(portOptions, kernelSide, portCounters);
    int most =
        Math.min(
            Math.min(engineOptions.maxPayloadBytes(), socket.maxPayloadBytes()),
            memory.frameBytes() - HeaderWriter.HEADROOM_BYTES);
    var queue = new SendQueue(memory, engineOptions.sendFrames(), most, portCounters);
    var port = new XdpPort(this, socket, handler, portCounters, queue);
    kernelSide.show(port);
    ports.add(port);
    try {
      device.take(port.localEndpoint(), queues);
    } catch (KernelException e) {
      port.close();
      throw PortException.of("port " + portOptions.bind() + " by AF_XDP", e);
    }
    return port;
  }

  void closed(XdpPort port) {
    device.spare(port.localEndpoint(), queues);
    ports.remove(port);
  }

  /// Says that the machine can still be reached: the program stays attached although
  /// [XdpOptions#confirmSeconds] are over. Any thread.
  public void confirm() {
    device.confirm();
  }

  Transmitter transmitter() {
    return transmitter;
  }

  PacketMemory memory() {
    return memory;
  }

  @Override
  public int doWork() {
    if (closed) {
      return 0;
    }
    DeviceState now = device.state();
    if (now.version() != seen.version()) {
      seen = now;
      transmitter.see(now);
      astray.see(now);
    }
    if (device.ticks() != ticks) {
      tick();
    }
    int _ = memory.receive().reclaim();
    int work = 0;
    for (QueueCare care : turn) {
      int before = care.using();
      Optional<QueueSession> session = care.attend(seen.attachment());
      if (care.using() != before) {
        QueueCare.watch(turn, beneath);
      }
      care.giveUpOld();
      if (session.isPresent()) {
        int received = receiver.receive(session.get().rings());
        if (received == 0) {
          int _ = session.get().wakeReceive();
        }
        work += received;
      }
    }
    for (XdpPort port : ports.all()) {
      work += transmitter.offer(port);
    }
    int _ = transmitter.kick();
    transmitter.complete();
    return work + serveBeneath();
  }

  /// A look at the sockets is a system call: while the rings carry, one in a while is enough.
  private int serveBeneath() {
    long now = System.nanoTime();
    if (seen.carrying() && !awaited && now - servedNs < BENEATH_NS) {
      return 0;
    }
    servedNs = now;
    awaited = false;
    return beneath.doWork();
  }

  private void tick() {
    ticks = device.ticks();
    for (QueueCare care : turn) {
      care.tick(seen.carrying());
    }
    if (astray.tick()) {
      device.suspect("datagrams for open ports of " + device.name() + " all come by the kernel");
    }
    if (ticks % HOPS_TICKS == 0) {
      device.inUse(hops, destinations.takeUsed(hops));
    }
  }

  @Override
  public void await(long timeoutNs) {
    if (closed) {
      return;
    }
    boolean retry = transmitter.hasPending();
    for (XdpPort port : ports.all()) {
      retry |= port.queue().size() > 0;
    }
    // By index: the iterator of a list was seen to be allocated, once for each sleep.
    for (int i = 0; i < queues.size(); i++) {
      if (hasPacket(queues.get(i).session())) {
        return;
      }
    }
    awaited = true;
    beneath.await(retry ? Math.min(timeoutNs, RETRY_NS) : timeoutNs);
  }

  /// Looks before a sleep; has the kernel go on if it waits for us.
  private static boolean hasPacket(Optional<QueueSession> session) {
    if (session.isEmpty() || session.get().state() != QueueSession.State.BOUND) {
      return false;
    }
    int _ = session.get().wakeReceive();
    return session.get().rings().available(1) > 0;
  }

  @Override
  public void wakeup() {
    beneath.wakeup();
  }

  @Override
  public void release(long frame) {
    if ((frame & KernelSide.TAG) != 0) {
      beneath.release(frame & ~KernelSide.TAG);
    } else {
      memory.receive().release(Math.toIntExact(frame));
    }
  }

  @Override
  public BackendReport report() {
    return XdpReport.of(device, queues, beneath.report());
  }

  @Override
  public List<PacketPort> ports() {
    return List.of(ports.all());
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
    for (XdpPort port : ports.all()) {
      port.close();
    }
    closed = true;
    beneath.alsoAwait(List.of());
    device.leave(queues);
    for (int i = 0; i < turn.length; i++) {
      turn[i].count(queues.get(i).statistics());
    }
    beneath.close();
  }
}
