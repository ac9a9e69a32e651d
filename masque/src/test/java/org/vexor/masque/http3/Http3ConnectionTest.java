package org.vexor.masque.http3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.capsule.CapsuleType;
import org.vexor.masque.capsule.CapsuleWriter;
import org.vexor.masque.capsule.Varint;
import org.vexor.masque.datagram.DatagramFate;
import org.vexor.masque.datagram.DatagramHeader;
import org.vexor.masque.http.EchoServer;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.FlowCounters;
import org.vexor.masque.http.FlowDrop;
import org.vexor.masque.http.FlowEnd;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.UdpFlow;
import org.vexor.quic.Application;
import org.vexor.quic.CloseReason;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicServer;
import org.vexor.quic.QuicStream;
import org.vexor.quic.StreamKind;

final class Http3ConnectionTest {
  private static final EndpointOptions OPTIONS = EndpointOptions.DEFAULT;
  private static final Map<Long, Long> DATAGRAMS = Map.of(RawPeer.H3_DATAGRAM, 1L);

  private final MasqueLab lab = new MasqueLab();
  private final EchoServer echo = new EchoServer();
  private final Queue<Http3Connection> accepted = new ConcurrentLinkedQueue<>();

  @AfterEach
  void closeLab() {
    lab.close();
  }

  private QuicServer server(Http3Options options) {
    return lab.server(
        OPTIONS,
        Http3Connection.server(
            options,
            connection -> {
              accepted.add(connection);
              return echo;
            }));
  }

  private Http3Connection connect(QuicServer server, Http3Options options) throws Exception {
    var connection = new CompletableFuture<Http3Connection>();
    lab.connect(OPTIONS, server, Http3Connection.client(options, connection::complete));
    return MasqueLab.await(connection);
  }

  private static RecordedTunnel tunnel(Http3Connection connection) {
    var tunnel = new RecordedTunnel();
    connection.request(RequestHead.connectUdp("proxy:4443", "/udp/", FieldLines.EMPTY), tunnel);
    return tunnel;
  }

  @Test
  void payloadsGoByDatagram() throws Exception {
    RecordedTunnel tunnel = tunnel(connect(server(Http3Options.SERVER), Http3Options.CLIENT));
    tunnel.echoes(0, 1, 64, 1_100);
    MasqueLab.await(
        "discovery of the path",
        () ->
            tunnel.flow.join().stream().maxDatagramBytes() == OPTIONS.maxUdpPayloadBytes() - 45
                && echo.flows.getFirst().stream().maxDatagramBytes()
                    == OPTIONS.maxUdpPayloadBytes() - 45);
    int most = tunnel.maxPayloadBytes();
    tunnel.echoes(most);
    assertEquals(UdpFlow.Sent.TOO_LARGE, tunnel.send(RecordedTunnel.bytes(most + 1)));
    FlowCounters counters = tunnel.flow.join().counters();
    assertEquals(1, counters.total(FlowDrop.SEND_TOO_LARGE));
    assertEquals(0, counters.capsulesSent());
    assertEquals("proxy:4443", echo.heads.getFirst().authority());
    assertEquals("?1", echo.heads.getFirst().fields().single("capsule-protocol").orElseThrow());
  }

  @Test
  void payloadsGoByCapsuleWhereAServerOffersNoDatagrams() throws Exception {
    RecordedTunnel tunnel =
        tunnel(connect(server(Http3Options.SERVER.withDatagrams(false)), Http3Options.CLIENT));
    tunnel.echoes(0, 1, 64, 1_200, UdpFlow.MAX_UDP_PAYLOAD_BYTES);
    assertEquals(
        UdpFlow.Sent.TOO_LARGE,
        tunnel.send(RecordedTunnel.bytes(UdpFlow.MAX_UDP_PAYLOAD_BYTES + 1)));
    FlowCounters counters = tunnel.flow.join().counters();
    assertEquals(counters.sent(), counters.capsulesSent());
  }

  @Test
  void payloadsGoByCapsuleWhereAClientOffersNoDatagrams() throws Exception {
    RecordedTunnel tunnel =
        tunnel(connect(server(Http3Options.SERVER), Http3Options.CLIENT.withDatagrams(false)));
    tunnel.echoes(0, 1, 1_200);
    assertEquals(3, echo.flows.getFirst().counters().capsulesSent());
  }

  @Test
  void refusesLocallyWhereAServerOffersNoExtendedConnect() throws Exception {
    RecordedTunnel tunnel =
        tunnel(
            connect(server(Http3Options.SERVER.withExtendedConnect(false)), Http3Options.CLIENT));
    RequestFailure failure = MasqueLab.await(tunnel.failure);
    assertEquals(RequestFailure.Kind.UNSUPPORTED, failure.kind());
    assertTrue(echo.heads.isEmpty());
  }

  @Test
  void endsInGoodOrderFromEitherSide() throws Exception {
    Http3Connection connection = connect(server(Http3Options.SERVER), Http3Options.CLIENT);
    RecordedTunnel first = tunnel(connection);
    UdpFlow flow = MasqueLab.await(first.flow);
    flow.stream().eventLoop().execute(flow::close);
    assertEquals(FlowEnd.Kind.LOCAL, MasqueLab.await(first.end).kind());
    MasqueLab.await("the server's end", () -> echo.ends.size() == 1);
    assertEquals(FlowEnd.Kind.FINISHED, echo.ends.getFirst().kind());

    RecordedTunnel second = tunnel(connection);
    MasqueLab.await(second.flow);
    UdpFlow far = echo.flows.get(1);
    far.stream().eventLoop().execute(far::close);
    assertEquals(FlowEnd.Kind.FINISHED, MasqueLab.await(second.end).kind());
  }

  @Test
  void tellsTunnelsThatTheirConnectionIsLost() throws Exception {
    Http3Connection connection = connect(server(Http3Options.SERVER), Http3Options.CLIENT);
    RecordedTunnel tunnel = tunnel(connection);
    MasqueLab.await(tunnel.flow);
    accepted.element().close();
    assertEquals(FlowEnd.Kind.CONNECTION_LOST, MasqueLab.await(tunnel.end).kind());
    RecordedTunnel late = tunnel(connection);
    assertEquals(RequestFailure.Kind.CONNECTION, MasqueLab.await(late.failure).kind());
  }

  @Test
  void aServerThatTakesNoMoreSaysSoAndKeepsWhatItHas() throws Exception {
    Http3Connection connection = connect(server(Http3Options.SERVER), Http3Options.CLIENT);
    RecordedTunnel tunnel = tunnel(connection);
    tunnel.echoes(10);
    accepted.element().refuseFurtherRequests();
    assertEquals(4, MasqueLab.await(connection.goAway()));
    assertEquals(
        RequestFailure.Kind.CONNECTION, MasqueLab.await(tunnel(connection).failure).kind());
    tunnel.echoes(20);
  }

  private RawPeer raw(QuicServer server, Map<Long, Long> settings) throws Exception {
    var peer = new RawPeer(settings);
    lab.connect(OPTIONS, server, new Application.Callbacks(_ -> peer));
    MasqueLab.await(peer.opened);
    return peer;
  }

  private static QuicStream request(RawPeer peer, RawPeer.Received received, ByteBuf bytes)
      throws Exception {
    QuicStream stream =
        MasqueLab.await(peer.opened.join().openStream(StreamKind.BIDIRECTIONAL, received));
    stream.write(bytes.nioBuffer());
    stream.flush();
    return stream;
  }

  private static void datagram(RawPeer peer, long quarterId, int... payload) {
    ByteBuf out = Unpooled.buffer();
    Varint.write(out, quarterId);
    for (int each : payload) {
      out.writeByte(each);
    }
    assertTrue(peer.opened.join().sendDatagram(out.nioBuffer()));
  }

  @Test
  void aSettingThatIsNeitherYesNorNoEndsTheConnection() throws Exception {
    for (long setting : new long[] {RawPeer.H3_DATAGRAM, RawPeer.EXTENDED_CONNECT}) {
      RawPeer peer = raw(server(Http3Options.SERVER), Map.of(setting, 2L));
      CloseReason reason = MasqueLab.await(peer.closed);
      assertEquals(CloseReason.Kind.PEER_APPLICATION, reason.kind());
      assertEquals(0x109, reason.code());
    }
  }

  @Test
  void anImpossibleQuarterStreamIdEndsTheConnection() throws Exception {
    QuicServer server = server(Http3Options.SERVER);
    RawPeer peer = raw(server, DATAGRAMS);
    datagram(peer, DatagramHeader.MAX_QUARTER_ID + 1, 1);
    assertEquals(0x33, MasqueLab.await(peer.closed).code());
    RawPeer cut = raw(server, DATAGRAMS);
    assertTrue(cut.opened.join().sendDatagram(ByteBuffer.wrap(new byte[] {0x40})));
    assertEquals(0x33, MasqueLab.await(cut.closed).code());
  }

  @Test
  void aDatagramForARequestWithoutDatagramsAbortsItsStreamOnly() throws Exception {
    RawPeer peer = raw(server(Http3Options.SERVER), DATAGRAMS);
    var received = new RawPeer.Received();
    request(
        peer,
        received,
        RawPeer.headers(":method", "GET", ":scheme", "https", ":authority", "proxy", ":path", "/"));
    MasqueLab.await("the request", () -> echo.others.size() == 1);
    datagram(peer, 0, 0, 1);
    assertEquals(0x33, MasqueLab.await(received.reset));
    assertTrue(peer.opened.join().isOpen());
  }

  @Test
  void datagramsBeforeTheirRequestAreHandedOver() throws Exception {
    RawPeer peer = raw(server(Http3Options.SERVER), DATAGRAMS);
    datagram(peer, 0, 0, 0xaa);
    MasqueLab.await(
        "its arrival", () -> accepted.element().registry().total(DatagramFate.HELD) == 1);
    request(peer, new RawPeer.Received(), RawPeer.connectUdp("/udp/"));
    MasqueLab.await("the echo", () -> !peer.datagrams.isEmpty());
    assertArrayEquals(new byte[] {0, 0, (byte) 0xaa}, peer.datagrams.remove());
  }

  @Test
  void datagramsAfterTheEndAreDropped() throws Exception {
    RawPeer peer = raw(server(Http3Options.SERVER), DATAGRAMS);
    var received = new RawPeer.Received();
    QuicStream stream = request(peer, received, RawPeer.connectUdp("/udp/"));
    stream.finish();
    MasqueLab.await("the end", () -> received.finished);
    datagram(peer, 0, 0, 1);
    MasqueLab.await(
        "its arrival", () -> accepted.element().registry().total(DatagramFate.FINISHED) == 1);
    assertTrue(peer.opened.join().isOpen());
  }

  /// masque-go closes a tunnel so, and QUIC then forgets the stream before our end is sent.
  @Test
  void streamsThatThePeerEndsAndStopsAreGone() throws Exception {
    RawPeer peer = raw(server(Http3Options.SERVER), DATAGRAMS);
    for (int i = 0; i < 20; i++) {
      var received = new RawPeer.Received();
      QuicStream stream = request(peer, received, RawPeer.connectUdp("/udp/"));
      MasqueLab.await("the response", () -> received.size() > 0);
      var _ = stream.channel().eventLoop().submit(() -> end(stream, 0x10c)).get();
    }
    Http3Connection connection = accepted.element();
    MasqueLab.await("all ends", () -> echo.ends.size() == 20);
    // The last ones are looked at when others open.
    for (int i = 0; i < 10; i++) {
      request(peer, new RawPeer.Received(), RawPeer.connectUdp("/udp/"));
    }
    MasqueLab.await("no stream is left but those", () -> connection.openStreams() == 10);
  }

  private static Object end(QuicStream stream, int code) {
    var _ = stream.channel().shutdownInput(code, stream.channel().newPromise());
    stream.finish();
    return stream;
  }

  @Test
  void datagramsOfUnknownContextsAreCounted() throws Exception {
    RawPeer peer = raw(server(Http3Options.SERVER), DATAGRAMS);
    request(peer, new RawPeer.Received(), RawPeer.connectUdp("/udp/"));
    MasqueLab.await("the tunnel", () -> !echo.flows.isEmpty());
    FlowCounters counters = echo.flows.getFirst().counters();
    datagram(peer, 0, 2, 1);
    datagram(peer, 0);
    MasqueLab.await(
        "both",
        () ->
            counters.total(FlowDrop.RECEIVE_UNKNOWN_CONTEXT) == 1
                && counters.total(FlowDrop.RECEIVE_MALFORMED) == 1);
    assertEquals(0, counters.received());
    assertFalse(peer.closed.isDone());
  }

  @Test
  void aStreamThatEndsWithinACapsuleIsMalformed() throws Exception {
    RawPeer peer = raw(server(Http3Options.SERVER), DATAGRAMS);
    var received = new RawPeer.Received();
    QuicStream stream = request(peer, received, RawPeer.connectUdp("/udp/"));
    ByteBuf cut = Unpooled.buffer();
    CapsuleWriter.writeHeader(cut, CapsuleType.DATAGRAM, 100);
    stream.write(RawPeer.frame(RawPeer.DATA, cut).nioBuffer());
    stream.finish();
    assertEquals(0x10e, MasqueLab.await(received.reset));
    MasqueLab.await("the server's own end", () -> !echo.ends.isEmpty());
    assertEquals(FlowEnd.Kind.MALFORMED, echo.ends.getFirst().kind());
  }

  @Test
  void unknownCapsulesAreSkippedAndDatagramCapsulesUnderstood() throws Exception {
    RawPeer peer = raw(server(Http3Options.SERVER), DATAGRAMS);
    QuicStream stream = request(peer, new RawPeer.Received(), RawPeer.connectUdp("/udp/"));
    ByteBuf capsules = Unpooled.buffer();
    CapsuleWriter.write(
        capsules, CapsuleType.reserved(3), Unpooled.wrappedBuffer(RecordedTunnel.bytes(50)));
    CapsuleWriter.write(
        capsules, CapsuleType.DATAGRAM, Unpooled.wrappedBuffer(new byte[] {0, 5, 6}));
    while (capsules.isReadable()) {
      stream.write(RawPeer.frame(RawPeer.DATA, capsules.readSlice(1)).nioBuffer());
      stream.flush();
    }
    MasqueLab.await("the echo", () -> !peer.datagrams.isEmpty());
    assertArrayEquals(new byte[] {0, 0, 5, 6}, peer.datagrams.remove());
  }

  @Test
  void aServersConnectionHoldsNothingOnceItIsOver() throws Exception {
    RawPeer peer = raw(server(Http3Options.SERVER), DATAGRAMS);
    datagram(peer, 7, 1);
    MasqueLab.await(
        "its arrival", () -> accepted.element().registry().total(DatagramFate.HELD) == 1);
    QuicConnection connection = peer.opened.join();
    connection.close(0x100, "");
    MasqueLab.await(
        "its end", () -> accepted.element().registry().total(DatagramFate.EARLY_EXPIRED) == 1);
  }
}
