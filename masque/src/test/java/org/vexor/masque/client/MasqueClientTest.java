package org.vexor.masque.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.client.ClientStatus.Phase;
import org.vexor.masque.http.EchoProxy;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.FlowDrop;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.ServerStream;
import org.vexor.masque.http.StreamListener;
import org.vexor.masque.http2.Http2Options;
import org.vexor.masque.http3.Http3Options;
import org.vexor.masque.uri.UriTemplate;

final class MasqueClientTest extends ClientLab {
  @ParameterizedTest
  @EnumSource
  void payloadsGoThroughOverEachVersion(HttpVersion version) {
    EchoProxy proxy =
        proxy(echo, 0)
            .http3(Http3Options.SERVER, 100)
            .tcp(Http2Options.SERVER, HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
    MasqueClient client = client(proxy, options -> options.withVersions(version));
    var box = new Box();
    UdpTunnel tunnel = client.open(TARGET, box);
    echoes(tunnel, box, 1_000);
    for (int length : new int[] {0, 1, 64, 1_100}) {
      echoes(tunnel, box, length);
    }
    var open = assertInstanceOf(TunnelState.Open.class, tunnel.state());
    assertEquals(version, open.version());
    assertEquals(version == HttpVersion.HTTP_3, open.datagrams());
    assertEquals(Phase.READY, client.status().phase());
    assertEquals("/.well-known/masque/udp/192.0.2.1/53/", echo.heads.getFirst().path());
    TunnelCounters counters = tunnel.counters();
    assertEquals(5, counters.offered());
    assertEquals(5, counters.sent());
    assertEquals(5, counters.received());
    assertEquals(0, counters.dropped());
  }

  @Test
  void saysThatCapsulesAreSentInVain() {
    var box = new Box();
    EchoProxy proxy = proxy(new Deaf(), 0).http3(Http3Options.SERVER.withDatagrams(false), 100);
    MasqueClient client = client(proxy, options -> options);
    UdpTunnel tunnel = client.open(TARGET, box);
    open(tunnel);
    for (int i = 0; i < 3; i++) {
      assertTrue(tunnel.send(Unpooled.wrappedBuffer(new byte[10])));
    }
    phase(client, Phase.DEGRADED);
    assertTrue(client.status().toString().contains("nothing comes back by capsules"));
    assertEquals(3, tunnel.counters().capsulesSent());
    tunnel.close();
    phase(client, Phase.READY);
  }

  /// Grants every tunnel, and throws away what comes.
  private static final class Deaf implements RequestHandler {
    @Override
    public StreamListener request(ServerStream stream, RequestHead head) {
      stream
          .eventLoop()
          .execute(() -> stream.respond(ResponseHead.tunnel(FieldLines.EMPTY), false));
      return new StreamListener() {
        @Override
        public void data(ByteBuf bytes) {}

        @Override
        public void finished() {}

        @Override
        public void aborted(long code) {}

        @Override
        public void closed() {}
      };
    }
  }

  @Test
  void saysTheLargestPayloadAndCountsWhatIsLarger() {
    EchoProxy proxy = proxy(echo, 0).http3(Http3Options.SERVER, 100);
    MasqueClient client = client(proxy, options -> options);
    var box = new Box();
    UdpTunnel tunnel = client.open(TARGET, box);
    // 1,452 bytes of packet, 44 of overhead, one of quarter stream id and one of context id.
    MasqueLab.await("discovery", () -> tunnel.maxPayloadBytes() == 1_452 - 46);
    MasqueLab.await(
        "the server's", () -> echo.flows.getFirst().stream().maxDatagramBytes() == 1_452 - 45);
    echoes(tunnel, box, 1_452 - 46);
    assertTrue(tunnel.send(Unpooled.wrappedBuffer(new byte[1_452 - 45])));
    MasqueLab.await(
        "the drop", () -> tunnel.counters().flow().containsKey(FlowDrop.SEND_TOO_LARGE));
    assertEquals(0, tunnel.counters().capsulesSent());
    assertEquals(0, echo.flows.getFirst().counters().total(FlowDrop.SEND_TOO_LARGE));
  }

  @Test
  void goesByTcpWhereUdpDoesNotGetThroughAndReturnsWhenItDoes() {
    EchoProxy proxy = proxy(echo, 0).tcp(Http2Options.SERVER, HttpVersion.HTTP_2);
    MasqueClient client = client(proxy, options -> options);
    long beganNs = System.nanoTime();
    phase(client, Phase.DEGRADED);
    assertTrue(
        System.nanoTime() - beganNs < Duration.ofSeconds(3).toNanos(), "before HTTP/3 gives up");
    assertEquals(Optional.of(HttpVersion.HTTP_2), client.status().version());
    var box = new Box();
    UdpTunnel tunnel = client.open(TARGET, box);
    echoes(tunnel, box, 100);
    assertTrue(client.status().reason().startsWith("HTTP/3: "), client.status().reason());

    lab.also(new EchoProxy(lab, echo, proxy.port()), EchoProxy::close)
        .http3(Http3Options.SERVER, 100);
    phase(client, Phase.READY);
    openOver(tunnel, HttpVersion.HTTP_3);
    echoes(tunnel, box, 200);
    MasqueLab.await("the old link to go", () -> client.links() == 1);
    assertFalse(box.states.stream().anyMatch(TunnelState.Lost.class::isInstance));
  }

  @Test
  void carriesOnByTcpWhenUdpIsCutAndReturnsWhenItIsNot() throws Exception {
    EchoProxy tcp = proxy(echo, 0).tcp(Http2Options.SERVER, HttpVersion.HTTP_2);
    EchoProxy udp = proxy(echo, 0).http3(Http3Options.SERVER, 100);
    UdpRelay relay = lab.also(UdpRelay.start(tcp.port(), udp.port()), UdpRelay::close);
    MasqueClient client = client(tcp, options -> options);
    var box = new Box();
    UdpTunnel tunnel = client.open(TARGET, box);
    openOver(tunnel, HttpVersion.HTTP_3);
    echoes(tunnel, box, 100);
    relay.cut(true);
    openOver(tunnel, HttpVersion.HTTP_2);
    echoes(tunnel, box, 200);
    assertEquals(Phase.DEGRADED, client.status().phase());
    relay.cut(false);
    openOver(tunnel, HttpVersion.HTTP_3);
    echoes(tunnel, box, 300);
    assertEquals(Phase.READY, client.status().phase());
  }

  private static void openOver(UdpTunnel tunnel, HttpVersion version) {
    MasqueLab.await(
        () -> tunnel + " over " + version + ", it is " + tunnel.state(),
        () -> tunnel.state() instanceof TunnelState.Open open && open.version() == version);
  }

  @Test
  void aProxyWhoseHttp2HasNoExtendedConnectIsReachedOverHttp1() {
    EchoProxy proxy =
        proxy(echo, 0)
            .tcp(
                Http2Options.SERVER.withExtendedConnect(false),
                HttpVersion.HTTP_2,
                HttpVersion.HTTP_1_1);
    MasqueClient client =
        client(proxy, options -> options.withVersions(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
    var box = new Box();
    echoes(client.open(TARGET, box), box, 10);
    var other = new Box();
    echoes(client.open(TARGET, other), other, 10);
    assertEquals(Optional.of(HttpVersion.HTTP_1_1), client.status().version());
    assertEquals(Phase.DEGRADED, client.status().phase());
  }

  @ParameterizedTest
  @EnumSource
  void tunnelsComeBackWithTheirProxy(HttpVersion version) {
    EchoProxy proxy = proxy(echo, 0);
    start(proxy, version);
    int port = proxy.port();
    MasqueClient client = client(proxy, options -> options.withVersions(version));
    var tunnels = new ArrayList<UdpTunnel>();
    var boxes = new ArrayList<Box>();
    for (int i = 0; i < 10; i++) {
      boxes.add(new Box());
      tunnels.add(client.open(TARGET, boxes.get(i)));
    }
    tunnels.forEach(MasqueClientTest::open);
    proxy.close();
    MasqueLab.await(
        () -> "all to be lost",
        () -> tunnels.stream().noneMatch(each -> each.state() instanceof TunnelState.Open));
    start(proxy(echo, port), version);
    long returnedNs = System.nanoTime();
    tunnels.forEach(MasqueClientTest::open);
    assertTrue(System.nanoTime() - returnedNs < Duration.ofSeconds(3).toNanos());
    for (int i = 0; i < tunnels.size(); i++) {
      echoes(tunnels.get(i), boxes.get(i), 100 + i);
    }
    assertEquals(2, tunnels.getFirst().counters().opened());
    phase(client, Phase.READY);
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_3", "HTTP_2"})
  void opensFurtherConnectionsWhereStreamsRunOut(HttpVersion version) {
    EchoProxy proxy =
        proxy(echo, 0)
            .http3(Http3Options.SERVER, 2)
            .tcp(Http2Options.SERVER.withStreams(2), HttpVersion.HTTP_2);
    MasqueClient client = client(proxy, options -> options.withVersions(version));
    var tunnels = new ArrayList<UdpTunnel>();
    for (int i = 0; i < 5; i++) {
      tunnels.add(client.open(TARGET, new Box()));
    }
    tunnels.forEach(MasqueClientTest::open);
    assertEquals(3, client.links());
    assertEquals(5, client.tunnels().size());
    tunnels.forEach(UdpTunnel::close);
    assertEquals(List.of(), client.tunnels());
  }

  @Test
  void aTunnelThatIsNotOpenKeepsAFewPayloadsAndCountsTheRest() {
    EchoProxy proxy = proxy(echo, 0).http3(Http3Options.SERVER, 100);
    int port = proxy.port();
    proxy.close();
    MasqueClient client = client(proxy, options -> options.withQueues(16, 4));
    var box = new Box();
    UdpTunnel tunnel = client.open(TARGET, box);
    for (int i = 0; i < 6; i++) {
      assertEquals(i < 4, tunnel.send(Unpooled.wrappedBuffer(new byte[] {(byte) i})));
    }
    assertEquals(4, tunnel.counters().queued());
    assertEquals(2, tunnel.counters().notOpen());
    proxy(echo, port).http3(Http3Options.SERVER, 100);
    MasqueLab.await("those that waited", () -> box.received.size() == 4);
    assertArrayEquals(new byte[] {0}, box.received.peek());
    tunnel.close();
    tunnel.close();
    assertInstanceOf(TunnelState.Closed.class, tunnel.state());
    assertFalse(tunnel.send(Unpooled.buffer()));
  }

  @Test
  void tunnelsThatTheProxyEndsAreOpenedAgain() {
    EchoProxy proxy = proxy(echo, 0).http3(Http3Options.SERVER, 100);
    MasqueClient client = client(proxy, options -> options);
    var box = new Box();
    UdpTunnel tunnel = client.open(TARGET, box);
    echoes(tunnel, box, 10);
    var flow = echo.flows.getFirst();
    flow.stream().eventLoop().execute(flow::close);
    MasqueLab.await("the second opening", () -> tunnel.counters().opened() == 2);
    echoes(tunnel, box, 20);
    assertTrue(box.states.contains(new TunnelState.Lost("the proxy ended the tunnel")));
  }

  @Test
  void closingAClientEndsItsTunnelsAtTheProxy() {
    EchoProxy proxy = proxy(echo, 0).http3(Http3Options.SERVER, 100);
    MasqueClient client = client(proxy, options -> options);
    UdpTunnel tunnel = client.open(TARGET, new Box());
    open(tunnel);
    client.close();
    assertInstanceOf(TunnelState.Closed.class, tunnel.state());
    assertEquals(Phase.CLOSED, client.status().phase());
    MasqueLab.await("the proxy's end", () -> echo.ends.size() == 1);
  }

  @Test
  void needsATransportForWhatIsAllowed() {
    var options =
        ClientOptions.of(UriTemplate.ofProxy("https://localhost:1"), MasqueLab.clientTls())
            .withVersions(HttpVersion.HTTP_2);
    assertThrows(
        IllegalArgumentException.class,
        () -> MasqueClient.start(options, Optional.of(lab.transport), Optional.empty()));
  }
}
