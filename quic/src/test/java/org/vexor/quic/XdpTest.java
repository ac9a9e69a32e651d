package org.vexor.quic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.Backend;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.xdp.XdpEngine;
import org.vexor.packet.xdp.XdpOptions;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.tls.TlsOptions;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;
import org.vexor.testkit.net.VirtualHosts.Host;

/// A connection whose server is moved between AF_XDP and kernel sockets.
@RequiresRoot
final class XdpTest {
  private static final EngineOptions FRAMES = EngineOptions.DEFAULT.withFrames(512, 256);

  /// Long enough to connect and to exchange something on a loaded machine.
  private static final int UNCONFIRMED_SECONDS = 5;

  private static Lab lab(Host host, Supplier<PacketEngine> engine) {
    ThreadFactory threads = new DefaultThreadFactory(host.namespace(), true);
    return Lab.ports(
        host.namespace(),
        1,
        task -> threads.newThread(() -> inside(host, task)),
        () -> {
          try (var _ = NetworkNamespace.enter(host.path())) {
            return engine.get();
          }
        });
  }

  private static void inside(Host host, Runnable task) {
    try (var _ = NetworkNamespace.enter(host.path())) {
      task.run();
    }
  }

  @Test
  void aConnectionSurvivesTheMoveFromAfXdpToSocketsAndBack() throws Exception {
    var engine = new CompletableFuture<XdpEngine>();
    try (VirtualHosts hosts = VirtualHosts.create("quic-xdp");
        Lab left =
            lab(
                hosts.left(),
                () -> {
                  XdpOptions options =
                      XdpOptions.on("v0")
                          .withRings(256, 256, 128)
                          .withConfirmation(UNCONFIRMED_SECONDS);
                  XdpEngine xdp = XdpEngine.open(options, new BatchEngine(FRAMES), FRAMES);
                  engine.complete(xdp);
                  return xdp;
                });
        Lab right = lab(hosts.right(), () -> new BatchEngine(FRAMES))) {
      QuicServer server =
          left.serverAt(
              new InetSocketAddress(hosts.left().ipv4(), 9_000),
              TlsOptions.solana(Lab.SERVER_IDENTITY),
              EndpointOptions.DEFAULT,
              ConnectionLimits.DEFAULT,
              Recorder.application(new Recorder()));
      QuicClient client =
          right.clientAt(
              new InetSocketAddress(hosts.right().ipv4(), 0),
              TlsOptions.solana(Lab.CLIENT_IDENTITY),
              EndpointOptions.DEFAULT);
      QuicConnection connection =
          Lab.await(
              client.connect(
                  ConnectRequest.pinned(
                      server.localAddress(), Lab.serverKey(), Application.sendOnly())));
      echoOver(Backend.AF_XDP, engine.join(), connection);
      echoOver(Backend.UDP, engine.join(), connection);
      engine.join().confirm();
      echoOver(Backend.AF_XDP, engine.join(), connection);
      assertTrue(connection.isOpen());
      assertEquals(1, server.counters().established());
    }
  }

  /// Goes on until a whole exchange was on this backend.
  private static void echoOver(Backend backend, XdpEngine engine, QuicConnection connection)
      throws Exception {
    boolean whole = false;
    long deadlineNs = System.nanoTime() + 20_000_000_000L;
    while (!whole) {
      assertTrue(System.nanoTime() < deadlineNs, () -> "never on " + backend);
      boolean before = engine.report().backend() == backend;
      echo(connection);
      whole = before && engine.report().backend() == backend;
    }
  }

  private static void echo(QuicConnection connection) throws Exception {
    var side = new Recorder();
    byte[] sent = new byte[50_000];
    new Random(3).nextBytes(sent);
    QuicStream stream =
        Lab.await(connection.openStream(StreamKind.BIDIRECTIONAL, side.new Collector(false)));
    stream.finish(ByteBuffer.wrap(sent));
    stream.flush();
    Lab.await("echo", () -> !side.streams.isEmpty());
    assertArrayEquals(sent, side.streams.element());
  }
}
