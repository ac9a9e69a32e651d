package org.vexor.masque.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.capsule.CapsuleType;
import org.vexor.masque.capsule.CapsuleWriter;
import org.vexor.masque.http1.Http1Connection;
import org.vexor.masque.http2.Http2Connection;
import org.vexor.masque.http2.Http2Options;
import org.vexor.quic.tls.TcpTlsContext;

/// HTTP/2 and HTTP/1.1, each our client to our server on TLS.
final class TcpVersionsTest {
  private final MasqueLab lab = new MasqueLab();
  private final EchoServer echo = new EchoServer();
  private Http2Options serverOptions = Http2Options.SERVER;
  private final CompletableFuture<Http2Connection> accepted = new CompletableFuture<>();

  @AfterEach
  void closeLab() {
    lab.close();
  }

  private static void close(Channel channel) {
    var _ = channel.close();
  }

  private Channel listen(HttpVersion version) {
    TcpTlsContext tls =
        TcpTlsContext.server(
            MasqueLab.serverTls().withApplicationProtocols(List.of(version.alpn())));
    return lab.also(
        new ServerBootstrap()
            .group(lab.loops())
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(tls.accept(channel.alloc()));
                    if (version == HttpVersion.HTTP_2) {
                      accepted.complete(Http2Connection.server(channel, serverOptions, echo));
                    } else {
                      Http1Connection.server(channel, echo);
                    }
                  }
                })
            .bind(MasqueLab.anyPort())
            .syncUninterruptibly()
            .channel(),
        channel -> channel.close().syncUninterruptibly());
  }

  /// Makes something of the connection at once when its handshake is done.
  private <T> T connect(Channel server, HttpVersion version, Function<Channel, T> use)
      throws Exception {
    TcpTlsContext tls =
        TcpTlsContext.client(
            MasqueLab.clientTls().withApplicationProtocols(List.of(version.alpn())));
    var ready = new CompletableFuture<T>();
    var _ =
        new Bootstrap()
            .group(lab.loops())
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    SslHandler handler = tls.connect(channel.alloc(), "localhost", 1);
                    channel.pipeline().addLast(handler);
                    var _ = lab.also(channel, TcpVersionsTest::close);
                    handler
                        .handshakeFuture()
                        .addListener(
                            done -> {
                              if (done.isSuccess()) {
                                ready.complete(use.apply(channel));
                              } else {
                                ready.completeExceptionally(done.cause());
                              }
                            });
                  }
                })
            .connect(server.localAddress());
    return MasqueLab.await(ready);
  }

  private interface Requests {
    void send(RequestHead head, ResponseHandler handler);
  }

  private Requests requests(HttpVersion version) throws Exception {
    Channel server = listen(version);
    if (version == HttpVersion.HTTP_1_1) {
      Channel channel = connect(server, version, Function.identity());
      return (head, handler) ->
          channel.eventLoop().execute(() -> Http1Connection.request(channel, head, handler));
    }
    return http2(server)::request;
  }

  private Http2Connection http2(Channel server) throws Exception {
    return connect(
        server,
        HttpVersion.HTTP_2,
        channel -> Http2Connection.client(channel, Http2Options.CLIENT));
  }

  private static RequestHead head() {
    return RequestHead.connectUdp("proxy:4443", "/udp/", FieldLines.EMPTY.with("X-Test", "a"));
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_2", "HTTP_1_1"})
  void payloadsGoByCapsule(HttpVersion version) throws Exception {
    var tunnel = new RecordedTunnel();
    requests(version).send(head(), tunnel);
    tunnel.echoes(0, 1, 64, 1_200, UdpFlow.MAX_UDP_PAYLOAD_BYTES);
    assertEquals(
        UdpFlow.Sent.TOO_LARGE,
        tunnel.send(RecordedTunnel.bytes(UdpFlow.MAX_UDP_PAYLOAD_BYTES + 1)));
    RequestHead seen = echo.heads.getFirst();
    assertTrue(seen.isConnectUdp());
    assertEquals("proxy:4443", seen.authority());
    assertEquals("/udp/", seen.path());
    assertEquals("a", seen.fields().single("x-test").orElseThrow());
    assertEquals("?1", tunnel.head.join().fields().single("capsule-protocol").orElseThrow());
    assertEquals(version, tunnel.flow.join().stream().version());
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_2", "HTTP_1_1"})
  void endsInGoodOrderFromEitherSide(HttpVersion version) throws Exception {
    var first = new RecordedTunnel();
    requests(version).send(head(), first);
    first.echoes(10);
    UdpFlow flow = first.flow.join();
    flow.stream().eventLoop().execute(flow::close);
    assertEquals(FlowEnd.Kind.LOCAL, MasqueLab.await(first.end).kind());
    MasqueLab.await("the server's end", () -> echo.ends.size() == 1);
    assertEquals(FlowEnd.Kind.FINISHED, echo.ends.getFirst().kind());

    var second = new RecordedTunnel();
    requests(version).send(head(), second);
    second.echoes(10);
    UdpFlow far = echo.flows.get(1);
    far.stream().eventLoop().execute(far::close);
    assertEquals(FlowEnd.Kind.FINISHED, MasqueLab.await(second.end).kind());
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_2", "HTTP_1_1"})
  void malformedCapsulesEndTheTunnel(HttpVersion version) throws Exception {
    var tunnel = new RecordedTunnel();
    requests(version).send(head(), tunnel);
    tunnel.echoes(10);
    RequestStream stream = tunnel.flow.join().stream();
    ByteBuf cut = Unpooled.buffer();
    CapsuleWriter.writeHeader(cut, CapsuleType.DATAGRAM, 100);
    stream
        .eventLoop()
        .execute(
            () -> {
              stream.write(cut);
              stream.finish();
            });
    MasqueLab.await("the server's end", () -> echo.ends.size() == 1);
    assertEquals(FlowEnd.Kind.MALFORMED, echo.ends.getFirst().kind());
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_2", "HTTP_1_1"})
  void otherRequestsAreAnswered(HttpVersion version) throws Exception {
    var tunnel = new RecordedTunnel();
    requests(version)
        .send(
            new RequestHead("GET", Optional.empty(), "https", "proxy", "/", FieldLines.EMPTY),
            tunnel);
    assertEquals(404, MasqueLab.await(tunnel.head).status());
  }

  @Test
  void refusesLocallyWhereAServerOffersNoExtendedConnect() throws Exception {
    serverOptions = serverOptions.withExtendedConnect(false);
    var tunnel = new RecordedTunnel();
    requests(HttpVersion.HTTP_2).send(head(), tunnel);
    assertEquals(RequestFailure.Kind.UNSUPPORTED, MasqueLab.await(tunnel.failure).kind());
    assertTrue(echo.heads.isEmpty());
  }

  @Test
  void opensNoMoreStreamsThanAServerAllows() throws Exception {
    serverOptions = serverOptions.withStreams(2);
    Requests requests = requests(HttpVersion.HTTP_2);
    for (int i = 0; i < 2; i++) {
      var tunnel = new RecordedTunnel();
      requests.send(head(), tunnel);
      tunnel.echoes(1);
    }
    var third = new RecordedTunnel();
    requests.send(head(), third);
    assertEquals(RequestFailure.Kind.NO_STREAM, MasqueLab.await(third.failure).kind());
  }

  @Test
  void aServerThatTakesNoMoreSaysSoAndKeepsWhatItHas() throws Exception {
    Http2Connection connection = http2(listen(HttpVersion.HTTP_2));
    var tunnel = new RecordedTunnel();
    connection.request(head(), tunnel);
    tunnel.echoes(10);
    MasqueLab.await(accepted).refuseFurtherRequests();
    MasqueLab.await(connection.goAway());
    var late = new RecordedTunnel();
    connection.request(head(), late);
    assertEquals(RequestFailure.Kind.CONNECTION, MasqueLab.await(late.failure).kind());
    tunnel.echoes(20);
  }

  private String raw(HttpVersion version, String request) throws Exception {
    Channel channel = connect(listen(version), version, Function.identity());
    var answer = new CompletableFuture<String>();
    var text = new StringBuilder();
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                text.append(bytes.toString(StandardCharsets.ISO_8859_1));
                bytes.release();
                if (text.indexOf(" 101 ") >= 0) {
                  answer.complete(text.toString());
                }
              }

              @Override
              public void channelInactive(ChannelHandlerContext context) {
                answer.complete(text.toString());
              }
            });
    var _ = channel.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.ISO_8859_1));
    return MasqueLab.await(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /udp/ HTTP/1.1|Host: p|Connection: keep-alive, Upgrade|Upgrade: connect-udp', 101",
    "GET https://p/udp/ HTTP/1.1|Host: p|Connection: Upgrade|Upgrade: connect-udp, 101",
    "GET /udp/ HTTP/1.1|Connection: Upgrade|Upgrade: connect-udp, 400",
    "GET /udp/ HTTP/1.1|Host: p|Host: p|Connection: Upgrade|Upgrade: connect-udp, 400",
    "GET /udp/ HTTP/1.0|Host: p|Connection: Upgrade|Upgrade: connect-udp, 400",
    "GET /udp/ HTTP/1.1|Host: p|Connection: Upgrade|Upgrade: connect-udp|Content-Length: 0, 400",
    "POST /udp/ HTTP/1.1|Host: p|Connection: Upgrade|Upgrade: connect-udp, 404",
    "GET /udp/ HTTP/1.1|Host: p|Connection: Upgrade|Upgrade: connect-udp|Upgrade: x, 404",
    "GET / HTTP/1.1|Host: p, 404"
  })
  void upgradesOnlyWhatAsksForItInGoodForm(String request, int status) throws Exception {
    String answer = raw(HttpVersion.HTTP_1_1, request.replace("|", "\r\n") + "\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: p\r\n\r\n", "\u0000\u0003abc"})
  void nothingBehindARequestIsTakenForAnotherOne(String smuggled) throws Exception {
    raw(HttpVersion.HTTP_1_1, "POST / HTTP/1.1\r\nHost: p\r\nContent-Length: 0\r\n\r\n" + smuggled);
    assertEquals(1, echo.heads.size());
  }
}
