package org.vexor.packet.xdp;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.socket.SocketEngine;
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
  /// Frames of this size hold an MTU of 1500 behind the kernel's headroom of 256.
  private static final int SMALL_FRAME_BYTES = 2048;

  private static final int LARGE_FRAME_BYTES = 4096;
  private static final int KERNEL_HEADROOM_BYTES = 256;

  /// How long a sleep lasts at most while frames wait for the device: nothing else ends it.
  private static final long RETRY_NS = 1_000_000;

  private final XdpOptions options;
  private final EngineOptions engineOptions;
  private final SocketEngine beneath;
  private final PacketMemory memory;
  private final List<XdpQueue> queues;
  private final XdpQueue[] turn;
  private final XdpDevice device;
  private final Destinations destinations;
  private final Transmitter transmitter;
  private final Receiver receiver;
  private final PortTable ports = new PortTable();
  private final TrafficCounters counters = new TrafficCounters();
  private final Instant since;
  private DeviceState seen;
  private volatile boolean closed;

  private XdpEngine(
      XdpOptions options,
      SocketEngine beneath,
      EngineOptions engineOptions,
      PacketMemory memory,
      List<XdpQueue> queues,
      XdpDevice device,
      Clock clock) {
    this.options = options;
    this.beneath = beneath;
    this.engineOptions = engineOptions;
    this.memory = memory;
    this.queues = queues;
    this.device = device;
    turn = queues.toArray(XdpQueue[]::new);
    since = clock.instant();
    seen = device.state();
    destinations = new Destinations(seen.network(), seen.link());
    transmitter = new Transmitter(memory, queues.getFirst(), destinations);
    transmitter.carry(seen.carrying());
    receiver =
        new Receiver(
            memory, ports, new FrameParser(false), engineOptions.maxPayloadBytes(), counters);
    watch();
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
      int frameBytes =
          Math.max(KERNEL_HEADROOM_BYTES, HeaderWriter.HEADROOM_BYTES)
                      + HeaderWriter.frameBytes(false)
                      + options.maxPayloadBytes()
                  <= SMALL_FRAME_BYTES
              ? SMALL_FRAME_BYTES
              : LARGE_FRAME_BYTES;
      int receiveFrames = options.receiveFrames();
      // A port can queue all it may while the ring is full of others'.
      int transmitFrames = xdp.transmitEntries() + 2 * options.sendFrames();
      var memory =
          new PacketMemory(
              receiveFrames, transmitFrames, Math.max(1, receiveFrames / 8), frameBytes);
      int filled = Math.min(xdp.fillEntries(), receiveFrames / xdp.queues().size());
      var sizes =
          new RingSizes(
              xdp.receiveEntries(),
              xdp.fillEntries(),
              xdp.transmitEntries(),
              filled,
              xdp.busyPollMicros());
      List<XdpQueue> queues =
          xdp.queues().stream().map(number -> new XdpQueue(number, memory, sizes)).toList();
      XdpDevice device =
          XdpDevice.join(
              xdp.networkInterface(), xdp.mode(), xdp.confirmSeconds(), queues, beneath::wakeup);
      return new XdpEngine(xdp, beneath, options, memory, queues, device, clock);
    } catch (KernelException e) {
      throw PortException.of("AF_XDP on " + xdp.networkInterface(), e);
    }
  }

  @Override
  public PacketPort open(PortOptions portOptions, DatagramHandler handler) {
    if (closed) {
      throw new PortException("port " + portOptions.bind() + " not opened: the engine is closed");
    }
    var portCounters = new TrafficCounters(counters);
    var kernelSide = new KernelSide(handler);
    PacketPort socket = beneath.open(portOptions, kernelSide, portCounters);
    int most =
        Math.min(
            Math.min(engineOptions.maxPayloadBytes(), socket.maxPayloadBytes()),
            memory.frameBytes() - HeaderWriter.HEADROOM_BYTES);
    var queue = new SendQueue(memory, engineOptions.sendFrames(), most, portCounters);
    var port = new XdpPort(this, socket, handler, portCounters, queue);
    kernelSide.show(port);
    ports.add(port);
    device.take(port.localEndpoint(), queues);
    return port;
  }

  void closed(XdpPort port) {
    device.leave(port.localEndpoint(), queues);
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
      see(now);
    }
    memory.receive().reclaim();
    int work = 0;
    for (XdpQueue queue : turn) {
      Optional<QueueSession> session = queue.session();
      if (session.isPresent() && session.get().state() == QueueSession.State.BOUND) {
        work += receiver.receive(session.get());
      }
    }
    for (XdpPort port : ports.all()) {
      work += transmitter.offer(port);
    }
    int _ = transmitter.kick();
    return work + beneath.doWork();
  }

  private void see(DeviceState now) {
    seen = now;
    destinations.use(now.network(), now.link());
    transmitter.carry(now.carrying());
  }

  private void watch() {
    List<FileDescriptor> descriptors = new ArrayList<>();
    for (XdpQueue queue : queues) {
      queue
          .session()
          .filter(session -> session.state() == QueueSession.State.BOUND)
          .ifPresent(session -> descriptors.add(session.descriptor()));
    }
    beneath.alsoAwait(descriptors);
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
    for (XdpQueue queue : turn) {
      Optional<QueueSession> session = queue.session();
      if (session.isPresent() && session.get().state() == QueueSession.State.BOUND) {
        if (session.get().available(1) > 0) {
          return;
        }
        int _ = session.get().wakeReceive();
      }
    }
    beneath.await(retry ? Math.min(timeoutNs, RETRY_NS) : timeoutNs);
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
    String mode = device.mode();
    var on =
        new BackendReport.Device(device.name(), "", options.queues(), options.mode().label(), mode);
    return new BackendReport(
        Backend.AF_XDP,
        mode,
        Optional.of(on),
        since,
        List.of(Attempt.inUse(Backend.AF_XDP)),
        Map.of());
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
    beneath.close();
  }
}
