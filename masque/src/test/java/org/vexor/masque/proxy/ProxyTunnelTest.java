package org.vexor.masque.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.FlowCounters;
import org.vexor.masque.http.FlowDrop;
import org.vexor.masque.http.FlowEnd;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.RequestStream;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.StreamListener;
import org.vexor.masque.http3.Http3Options;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.masque.proxy.resolve.Resolution;
import org.vexor.masque.uri.UdpTarget;

@EnabledOnOs(OS.LINUX)
final class ProxyTunnelTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final ProxyLab lab = new ProxyLab();
  private final MasqueProxy proxy =
      lab.start(
          ProxyLab.settings(
              AccessList.everybody(), ProxyLimits.DEFAULT, ProxyLab.LOOPBACK, Rule.parse("::1")),
          host ->
              CompletableFuture.completedFuture(
                  host.equals("target.test")
                      ? new Resolution.Addresses(List.of(HERE))
                      : new Resolution.NotFound("NXDOMAIN")));

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void carriesDatagramsOfEveryLength(HttpVersion version) throws Exception {
    RecordedTunnel tunnel = lab.client(version, proxy).udp(lab.echo());
    tunnel.echoes(0, 1, 64, 1_200);
    if (version != HttpVersion.HTTP_3) {
      tunnel.echoes(9_000, 65_507);
    } else {
      tunnel.echoes(tunnel.maxPayloadBytes());
    }
    ResponseHead head = tunnel.head.join();
    assertEquals("?1", head.fields().single("capsule-protocol").orElseThrow());
    assertEquals("127.0.0.1", head.proxyStatus().getFirst().nextHop().orElseThrow());
  }

  @Test
  void answersCapsulesWithCapsulesOnHttp3() throws Exception {
    RecordedTunnel tunnel =
        lab.http3(proxy, Http3Options.CLIENT.withDatagrams(false)).udp(lab.echo());
    tunnel.echoes(0, 1, 1_200, 9_000);
    assertFalse(tunnel.flow.join().usesDatagrams());
  }

  @Test
  void reachesIpv6AndNames() throws Exception {
    ProxyLab.Requests client = lab.client(HttpVersion.HTTP_3, proxy);
    client.udp(lab.echo(InetAddress.ofLiteral("::1"), 0)).echoes(1, 1_200);
    UdpTarget named = UdpTarget.of("target.test:" + lab.echo(HERE, 0).port());
    client.udp(named).echoes(1, 1_200);
  }

  @Test
  void whatDoesNotFitADatagramIsDroppedAndCountedAndTheTunnelGoesOn() throws Exception {
    RecordedTunnel tunnel = lab.client(HttpVersion.HTTP_3, proxy).udp(lab.echo(HERE, 3_000));
    tunnel.echoes(10, 20, 30);
    FlowCounters flows = proxy.sockets().flows().getFirst();
    assertEquals(3, flows.total(FlowDrop.SEND_TOO_LARGE));
    assertEquals(0, flows.capsulesSent());
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatIsNotThereEndsTheTunnel(HttpVersion version) throws Exception {
    UdpTarget nobody;
    try (var socket = new DatagramSocket(0, HERE)) {
      nobody = UdpTarget.of(HERE, socket.getLocalPort());
    }
    RecordedTunnel tunnel = lab.client(version, proxy).udp(nobody);
    var _ = tunnel.send(new byte[10]);
    FlowEnd end = MasqueLab.await(tunnel.end);
    assertTrue(end.kind() != FlowEnd.Kind.LOCAL, end.toString());
    MasqueLab.await("the end", () -> proxy.counters().endedByTarget() == 1);
    MasqueLab.await("the socket closed", () -> proxy.sockets().openSockets() == 0);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatIsGoneFreesItsSocketsWithinASecond(HttpVersion version) throws Exception {
    ProxyLab.Requests client = lab.client(version, proxy);
    int tunnels = version == HttpVersion.HTTP_1_1 ? 1 : 50;
    for (int i = 0; i < tunnels; i++) {
      client.udp(lab.echo()).echoes(1);
    }
    assertEquals(tunnels, proxy.sockets().openSockets());
    long killedNs = System.nanoTime();
    client.close();
    MasqueLab.await("sockets freed", () -> proxy.sockets().openSockets() == 0);
    assertTrue(System.nanoTime() - killedNs < Duration.ofSeconds(1).toNanos());
    MasqueLab.await("places freed", () -> proxy.gate().ledger().tunnels() == 0);
    MasqueLab.await("records", () -> lab.records.size() == tunnels);
    assertTrue(lab.records.peek().target().isEmpty(), "targets are not logged unasked");
  }

  /// Sends a line, and keeps what comes.
  private static final class Talk implements ResponseHandler, StreamListener {
    private final CompletableFuture<ResponseHead> head = new CompletableFuture<>();
    private final CompletableFuture<String> heard = new CompletableFuture<>();
    private final CompletableFuture<Boolean> finished = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public StreamListener response(RequestStream stream, ResponseHead answer) {
      head.complete(answer);
      if (answer.isSuccess()) {
        stream
            .eventLoop()
            .execute(
                () -> {
                  stream.write(Unpooled.copiedBuffer("hello\n", StandardCharsets.US_ASCII));
                  stream.flush();
                });
      }
      return this;
    }

    @Override
    public void failed(RequestFailure failure) {
      head.completeExceptionally(new IOException(failure.toString()));
    }

    @Override
    public void data(ByteBuf bytes) {
      text.append(bytes.toString(StandardCharsets.US_ASCII));
      if (text.toString().endsWith("\n")) {
        heard.complete(text.toString());
      }
    }

    @Override
    public void finished() {
      finished.complete(true);
    }

    @Override
    public void aborted(long code) {
      finished.complete(false);
    }

    @Override
    public void closed() {
      finished.complete(false);
    }
  }

  @ParameterizedTest
  @EnumSource
  void carriesTcp(HttpVersion version) throws Exception {
    try (var server = new ServerSocket(0, 5, HERE)) {
      Thread _ =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Socket socket = server.accept()) {
                      byte[] line = socket.getInputStream().readNBytes(6);
                      socket.getOutputStream().write(line);
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      var talk = new Talk();
      lab.client(version, proxy)
          .send(
              RequestHead.connectTcp("127.0.0.1:" + server.getLocalPort(), FieldLines.EMPTY), talk);
      assertEquals(200, MasqueLab.await(talk.head).status());
      assertFalse(talk.head.join().fields().contains("capsule-protocol"));
      assertEquals("hello\n", MasqueLab.await(talk.heard));
      assertTrue(MasqueLab.await(talk.finished), "the target's end comes through");
      assertEquals(1, proxy.counters().granted(Transport.TCP));
    }
  }

  @Test
  void aTcpTargetThatRefusesIsTold() throws Exception {
    int port;
    try (var server = new ServerSocket(0, 5, HERE)) {
      port = server.getLocalPort();
    }
    var talk = new Talk();
    lab.client(HttpVersion.HTTP_3, proxy)
        .send(RequestHead.connectTcp("127.0.0.1:" + port, FieldLines.EMPTY), talk);
    ResponseHead head = MasqueLab.await(talk.head);
    assertEquals(502, head.status());
    assertEquals("connection_refused", head.proxyStatus().getFirst().error().orElseThrow());
  }
}
