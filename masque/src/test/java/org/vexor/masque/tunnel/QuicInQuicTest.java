package org.vexor.masque.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.client.ClientStatus;
import org.vexor.masque.client.MasqueClient;
import org.vexor.masque.client.TunnelListener;
import org.vexor.masque.client.UdpTunnel;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.ProxyOptions;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.netty.PacketIoHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortOptions;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.quic.Application;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.ConnectionHandler;
import org.vexor.quic.DatagramTransport;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.QuicClient;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicServer;
import org.vexor.quic.QuicStream;
import org.vexor.quic.StreamKind;
import org.vexor.quic.StreamReceiver;
import org.vexor.quic.path.PathOptions;
import org.vexor.quic.path.PathSelector;
import org.vexor.quic.path.Route;
import org.vexor.quic.path.RoutePolicy;
import org.vexor.quic.path.Timer;

/// Our own QUIC through our own proxy, and a proxy behind a proxy.
final class QuicInQuicTest {
  /// What an Ethernet path over IPv4 carries.
  private static final int OUTER_BYTES = 1_472;

  private final TunnelLab lab = new TunnelLab();

  @AfterEach
  void closeLab() {
    lab.close();
  }

  private static EndpointOptions packets(int bytes) {
    return EndpointOptions.DEFAULT.withPathMtu(bytes, false);
  }

  private MasqueProxy proxy(int packetBytes) {
    return lab.proxy(ProxyOptions.quic(100).withPathMtu(packetBytes, false));
  }

  private DatagramTransport through(MasqueClient client) {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("tunnel", true),
            PacketIoHandler.newFactory(
                () -> new TunnelEngine(client, EngineOptions.DEFAULT, TunnelOptions.DEFAULT)));
    lab.base()
        .also(loops, each -> each.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly());
    return DatagramTransport.ports("tunnel", loops);
  }

  /// Sends back what comes on streams.
  private static final class StreamEcho implements ConnectionHandler {
    @Override
    public StreamReceiver streamOpened(QuicStream stream) {
      return new StreamReceiver() {
        @Override
        public void data(QuicStream from, ByteBuffer chunk) {
          from.write(chunk);
          from.flush();
        }

        @Override
        public void finished(QuicStream from) {
          from.finish();
        }
      };
    }
  }

  private static byte[] throughStream(QuicConnection connection, byte[] bytes) throws Exception {
    var collected = new ByteArrayOutputStream();
    var finished = new CompletableFuture<byte[]>();
    QuicStream stream =
        MasqueLab.await(
            connection.openStream(
                StreamKind.BIDIRECTIONAL,
                new StreamReceiver() {
                  @Override
                  public void data(QuicStream from, ByteBuffer chunk) {
                    while (chunk.hasRemaining()) {
                      collected.write(chunk.get());
                    }
                  }

                  @Override
                  public void finished(QuicStream from) {
                    finished.complete(collected.toByteArray());
                  }
                }));
    stream.write(ByteBuffer.wrap(bytes));
    stream.finish();
    return MasqueLab.await(finished);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_252, 1_350})
  void aConnectionGoesThroughATunnel(int innerBytes) throws Exception {
    MasqueClient client =
        lab.client(proxy(OUTER_BYTES), lab.base().transport, packets(OUTER_BYTES));
    carries(inner(through(client), innerBytes), innerBytes);
  }

  @Test
  void aConnectionGoesThroughAProxyBehindAProxy() throws Exception {
    MasqueClient first = lab.client(proxy(OUTER_BYTES), lab.base().transport, packets(OUTER_BYTES));
    int secondBytes = OUTER_BYTES - 46;
    MasqueClient second = lab.client(proxy(secondBytes), through(first), packets(secondBytes));
    carries(inner(through(second), 1_350), 1_350);
  }

  private QuicClient inner(DatagramTransport transport, int packetBytes) {
    return lab.base()
        .also(
            QuicClient.bind(
                transport,
                new InetSocketAddress("0.0.0.0", 0),
                1,
                MasqueLab.clientTls(),
                packets(packetBytes)),
            QuicClient::close);
  }

  private ConnectRequest toEcho(int packetBytes) {
    QuicServer target =
        lab.base().server(packets(packetBytes), new Application.Callbacks(_ -> new StreamEcho()));
    return ConnectRequest.named(target.localAddress(), "localhost", Application.sendOnly());
  }

  private void carries(QuicClient inner, int packetBytes) throws Exception {
    QuicConnection connection = MasqueLab.await(inner.connect(toEcho(packetBytes)));
    byte[] bytes = RecordedTunnel.bytes(300_000);
    assertArrayEquals(bytes, throughStream(connection, bytes));
    assertEquals(packetBytes, MasqueLab.await(connection.statistics()).pathMtuBytes());
  }

  @Test
  void whileTheProxyIsDownConnectionsGoDirectAndAfterItThroughTheTunnelAgain() throws Exception {
    MasqueProxy before = proxy(OUTER_BYTES);
    int port = before.localAddress().getPort();
    MasqueClient client = lab.client(before, lab.base().transport, packets(OUTER_BYTES));
    Route tunnel = Route.over("tunnel", inner(through(client), 1_350));
    ConnectRequest request = toEcho(1_350).withTimeout(Duration.ofSeconds(20));
    assertEquals("tunnel", routeOf(request, failing(), tunnel));
    before.close();
    MasqueLab.await("the loss", () -> client.status().phase() == ClientStatus.Phase.UNREACHABLE);
    Route direct = Route.over("direct", inner(lab.base().transport, 1_350));
    assertEquals("direct", routeOf(request, direct, tunnel));
    MasqueProxy _ = lab.proxy(ProxyOptions.quic(100).withPathMtu(OUTER_BYTES, false), port);
    assertEquals("tunnel", routeOf(request, failing(), tunnel));
  }

  /// A direct way that is blocked.
  private static Route failing() {
    return new Route() {
      @Override
      public String name() {
        return "direct";
      }

      @Override
      public CompletionStage<QuicConnection> connect(ConnectRequest request) {
        return CompletableFuture.failedStage(new IllegalStateException("blocked"));
      }
    };
  }

  private String routeOf(ConnectRequest request, Route direct, Route tunnel) throws Exception {
    var selector =
        new PathSelector(
            direct,
            () -> Optional.of(tunnel),
            _ -> RoutePolicy.RACE,
            PathOptions.DEFAULT,
            Timer.on(lab.base().loops(), System::nanoTime),
            _ -> {});
    return MasqueLab.await(selector.connect(request)).decision().route().orElseThrow();
  }

  @Test
  void aProxyIsReachedThroughAnotherOne() throws Exception {
    MasqueClient first = lab.client(proxy(OUTER_BYTES), lab.base().transport, packets(OUTER_BYTES));
    int secondBytes = OUTER_BYTES - 46;
    MasqueClient second = lab.client(proxy(secondBytes), through(first), packets(secondBytes));
    try (var far = new ChannelEngine(EngineOptions.DEFAULT)) {
      var port =
          far.open(
              PortOptions.bind(Endpoint.loopback(0)),
              (own, datagram) ->
                  own.send(
                      datagram.segment(), datagram.offset(), datagram.length(), datagram.source()));
      Queue<byte[]> received = new ConcurrentLinkedQueue<>();
      UdpTunnel tunnel =
          second.open(
              UdpTarget.of("127.0.0.1:" + port.localEndpoint().port()),
              new TunnelListener() {
                @Override
                public void payload(UdpTunnel from, ByteBuf payload) {
                  received.add(ByteBufUtil.getBytes(payload));
                }
              });
      for (int length : new int[] {1, 1_200, 1_350}) {
        tunnel.send(Unpooled.wrappedBuffer(RecordedTunnel.bytes(length)));
        MasqueLab.await(
            () -> "the echo of " + length + " bytes, " + tunnel.state() + tunnel.counters(),
            () -> {
              int _ = far.doWork();
              return !received.isEmpty();
            });
        assertArrayEquals(RecordedTunnel.bytes(length), received.remove());
      }
      assertEquals(secondBytes - 46, tunnel.maxPayloadBytes());
    }
  }
}
