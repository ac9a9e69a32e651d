package org.vexor.masque.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.resolve.Resolution;

/// HTTP/1.1 in raw bytes, as no client of ours would send it.
@EnabledOnOs(OS.LINUX)
final class ProxyRawRequestTest {
  private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: connect-udp\r\n";

  private final ProxyLab lab = new ProxyLab();
  private final MasqueProxy proxy =
      lab.start(
          ProxyLab.settings(AccessList.everybody(), ProxyLimits.DEFAULT, ProxyLab.LOOPBACK),
          _ -> CompletableFuture.completedFuture(new Resolution.TimedOut()));

  @AfterEach
  void closeLab() {
    lab.close();
  }

  /// All that comes until the header section is over, or the connection.
  private String answer(String request) throws Exception {
    var answer = new CompletableFuture<String>();
    var text = new StringBuilder();
    lab.tcp(
        HttpVersion.HTTP_1_1,
        proxy.localAddress(),
        channel -> {
          channel
              .pipeline()
              .addLast(
                  new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
                      text.append(bytes.toString(StandardCharsets.ISO_8859_1));
                      if (text.indexOf("\r\n\r\n") >= 0) {
                        answer.complete(text.toString());
                      }
                    }

                    @Override
                    public void channelInactive(ChannelHandlerContext context) {
                      answer.complete(text.toString());
                    }

                    @Override
                    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                      answer.complete(text.toString());
                    }
                  });
          return channel.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.ISO_8859_1));
        });
    return MasqueLab.await(answer);
  }

  private void answers(String start, String request) throws Exception {
    String answer = answer(request);
    assertTrue(answer.startsWith(start), request + "\n-> " + answer);
  }

  private static String get(String host, String port) {
    return "GET /.well-known/masque/udp/" + host + "/" + port + "/ HTTP/1.1\r\n";
  }

  @Test
  void wellFormedUpgradesAreGranted() throws Exception {
    String port = Integer.toString(lab.echo().port());
    String granted = "HTTP/1.1 101 ";
    answers(granted, get("127.0.0.1", port) + "Host: a\r\n" + UPGRADE + "\r\n");
    answers(
        granted,
        get("127.0.0.1", port).replace("GET /", "GET https://a/")
            + "Host: a\r\n"
            + UPGRADE
            + "\r\n");
    answers(
        granted,
        get("127%2E0.0.1", port)
            + "Host: a\r\nconnection: keep-alive, UPGRADE\r\nupgrade: connect-udp\r\n\r\n");
  }

  @Test
  void malformedRequestsAreRefused() throws Exception {
    String path = get("127.0.0.1", "53");
    String refused = "HTTP/1.1 400 ";
    answers(refused, path + UPGRADE + "\r\n");
    answers(refused, path + "Host: a\r\nHost: b\r\n" + UPGRADE + "\r\n");
    answers(refused, path + "Host: a\r\nContent-Length: 3\r\n" + UPGRADE + "\r\nabc");
    answers(
        refused, path + "Host: a\r\nTransfer-Encoding: chunked\r\n" + UPGRADE + "\r\n0\r\n\r\n");
    answers(refused, path.replace("1.1\r", "1.0\r") + "Host: a\r\n" + UPGRADE + "\r\n");
    answers(refused, "\0\1\2\r\n\r\n");
    answers(refused, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n");
    for (String port : new String[] {"0", "65536", "abc", "", "+53", "053", "5 3"}) {
      answers(refused, get("127.0.0.1", port) + "Host: a\r\n" + UPGRADE + "\r\n");
    }
    for (String host :
        new String[] {
          "",
          "0177.0.0.1",
          "127.1",
          "2130706433",
          "0x7f.0.0.1",
          "127%252e0.0.1",
          "a%0d%0ab",
          "a%00b",
          "fe80%3A%3A1%25lo",
          "%5B%3A%3A1%5D",
          "a..b",
          "-a",
          "127.0.0.1%2F"
        }) {
      answers(refused, get(host, "53") + "Host: a\r\n" + UPGRADE + "\r\n");
    }
    for (String target : new String[] {"host", "host:0", "host:65536", ":53", "[::1]", "::1:53"}) {
      answers(refused, "CONNECT " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }
  }

  @Test
  void otherMethodsAndProtocolsAreTold() throws Exception {
    String path = get("127.0.0.1", "53");
    answers("HTTP/1.1 405 ", path + "Host: a\r\n\r\n");
    answers("HTTP/1.1 405 ", path.replace("GET", "POST") + "Host: a\r\n" + UPGRADE + "\r\n");
    answers("HTTP/1.1 501 ", path + "Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  }

  @Test
  void nothingIsTakenThatCameBeforeTheAnswer() throws Exception {
    String request =
        get("127.0.0.1", Integer.toString(lab.echo().port())) + "Host: a\r\n" + UPGRADE + "\r\n";
    String answer = answer(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    assertTrue(!answer.contains(" 101 "), answer);
  }
}
