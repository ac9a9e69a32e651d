package org.vexor.packet.xdp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.Datagram;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.socket.SocketEngine;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.testkit.net.VirtualHosts;

/// Two hosts: an AF_XDP engine in the left one, an engine on kernel sockets in the right one, which
/// verifies all that the left one sends.
///
/// Ports collect the text of what they receive.
final class XdpLab implements AutoCloseable {
  private static final long PATIENCE_NS = 10_000_000_000L;
  static final EngineOptions FRAMES = EngineOptions.DEFAULT.withFrames(256, 64);

  private final VirtualHosts hosts;
  private final List<PacketEngine> engines = new ArrayList<>();
  private final List<String> received = new ArrayList<>();
  private final SocketEngine beneath;
  private final XdpEngine xdp;
  private final SocketEngine peer;

  XdpLab(DeviceMode mode) {
    this(VirtualHosts.Options.standard(), options -> options.withMode(mode), FRAMES);
  }

  /// With something done in the left host before the engine opens.
  XdpLab(DeviceMode mode, Consumer<VirtualHosts.Host> before) {
    this(VirtualHosts.Options.standard(), options -> options.withMode(mode), FRAMES, before);
  }

  XdpLab(VirtualHosts.Options cable, UnaryOperator<XdpOptions> options, EngineOptions frames) {
    this(cable, options, frames, _ -> {});
  }

  private XdpLab(
      VirtualHosts.Options cable,
      UnaryOperator<XdpOptions> options,
      EngineOptions frames,
      Consumer<VirtualHosts.Host> before) {
    hosts = VirtualHosts.create("packet-xdp", cable);
    try {
      before.accept(hosts.left());
      beneath = in(hosts.left(), () -> new BatchEngine(frames));
      xdp = in(hosts.left(), () -> XdpEngine.open(options.apply(rings()), beneath, frames));
      engines.add(xdp);
      peer = in(hosts.right(), () -> new BatchEngine(frames));
      engines.add(peer);
    } catch (RuntimeException e) {
      hosts.close();
      throw e;
    }
  }

  static XdpOptions rings() {
    return XdpOptions.on("v0").withRings(128, 128, 64);
  }

  VirtualHosts hosts() {
    return hosts;
  }

  XdpEngine xdp() {
    return xdp;
  }

  /// The engine that the AF_XDP one is built around.
  SocketEngine beneath() {
    return beneath;
  }

  SocketEngine peer() {
    return peer;
  }

  /// Runs something inside a host.
  static <T> T in(VirtualHosts.Host host, Supplier<T> action) {
    try (var _ = NetworkNamespace.enter(host.path())) {
      return action.get();
    }
  }

  /// Drives one more engine, and closes it in the end.
  <T extends PacketEngine> T with(T engine) {
    engines.add(engine);
    return engine;
  }

  /// Opens a port of the AF_XDP engine.
  PacketPort near(String address, int port) {
    return in(hosts.left(), () -> open(xdp, address, port));
  }

  /// Opens a port of the peer.
  PacketPort far(String address, int port) {
    return in(hosts.right(), () -> open(peer, address, port));
  }

  PacketPort open(PacketEngine engine, String address, int port) {
    Endpoint bind = endpoint(address, port);
    return engine.open(PortOptions.bind(bind), this::collect);
  }

  static Endpoint endpoint(String address, int port) {
    return Endpoint.parse((address.contains(":") ? "[" + address + "]" : address) + ":" + port);
  }

  private void collect(PacketPort port, Datagram datagram) {
    received.add(text(datagram));
  }

  static String text(Datagram datagram) {
    return new String(
        datagram
            .segment()
            .asSlice(datagram.offset(), datagram.length())
            .toArray(ValueLayout.JAVA_BYTE),
        java.nio.charset.StandardCharsets.US_ASCII);
  }

  /// Opens a port of the AF_XDP engine that shares its number with those of other engines.
  PacketPort nearShared(XdpEngine engine, String address, int port) {
    return in(
        hosts.left(),
        () ->
            engine.open(PortOptions.bind(endpoint(address, port)).withReusePort(), this::collect));
  }

  /// The address that a port of the left host is reached at.
  Endpoint at(String address, PacketPort port) {
    return endpoint(address, port.localEndpoint().port());
  }

  /// Sends by a port until frames go out by the rings: its neighbour is known then.
  void settle(PacketPort near, Endpoint to) {
    await(
        () -> {
          send(near, "settle", to);
          int _ = near.flush();
          return near.counters().sent() > byKernel(near).sent();
        },
        "the neighbour is known");
    await(() -> near.queued() == 0 && received.contains("settle"), "all of it arrived");
  }

  /// What a port's kernel socket moved, of all that the port counts.
  static TrafficCounters byKernel(PacketPort port) {
    return ((XdpPort) port).beneath().counters();
  }

  /// What ports received, in order.
  List<String> received() {
    return received;
  }

  /// Sends a text.
  static void send(PacketPort from, String text, Endpoint to) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    if (!from.send(MemorySegment.ofArray(bytes), 0, bytes.length, to)) {
      throw new AssertionError("no room to send " + text);
    }
  }

  /// Sends a text and drives until it was received.
  void exchange(PacketPort from, String text, Endpoint to) {
    send(from, text, to);
    await(() -> received.contains(text), text);
  }

  /// Drives all engines until something holds.
  void await(BooleanSupplier until, String what) {
    long start = System.nanoTime();
    while (!until.getAsBoolean()) {
      int work = 0;
      for (PacketEngine engine : engines) {
        work += engine.doWork();
      }
      if (work == 0) {
        Thread.onSpinWait();
      }
      if (System.nanoTime() - start > PATIENCE_NS) {
        throw new AssertionError(
            "waited in vain: "
                + what
                + "; "
                + xdp.report().toText()
                + "; drops "
                + xdp.counters().drops()
                + ", peer "
                + peer.counters().drops());
      }
    }
  }

  @Override
  public void close() {
    engines.forEach(PacketEngine::close);
    hosts.close();
  }
}
