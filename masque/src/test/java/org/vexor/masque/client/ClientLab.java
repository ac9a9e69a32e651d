package org.vexor.masque.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.client.ClientStatus.Phase;
import org.vexor.masque.http.EchoProxy;
import org.vexor.masque.http.EchoServer;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http2.Http2Options;
import org.vexor.masque.http3.Http3Options;
import org.vexor.masque.link.TcpTransport;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.masque.uri.UriTemplate;

/// What tests of the client share: a lab, its proxies and clients, and what comes out of a tunnel.
abstract class ClientLab {
  static final UdpTarget TARGET = UdpTarget.of("192.0.2.1:53");

  final MasqueLab lab = new MasqueLab();
  final EchoServer echo = new EchoServer();

  @AfterEach
  void closeLab() {
    lab.close();
  }

  EchoProxy proxy(RequestHandler handler, int port) {
    return lab.also(new EchoProxy(lab, handler, port), EchoProxy::close);
  }

  static final ClientTimes TIMES =
      ClientTimes.DEFAULT.withRace(
          Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofMillis(200));

  MasqueClient client(EchoProxy proxy, UnaryOperator<ClientOptions> change) {
    var template = UriTemplate.ofProxy("https://127.0.0.1:" + proxy.port());
    ClientOptions options = ClientOptions.of(template, MasqueLab.clientTls()).withTimes(TIMES);
    return lab.also(
        MasqueClient.start(
            change.apply(options),
            Optional.of(lab.transport),
            Optional.of(TcpTransport.nio(lab.loops()))),
        MasqueClient::close);
  }

  /// What comes out of a tunnel.
  static final class Box implements TunnelListener {
    final Queue<byte[]> received = new ConcurrentLinkedQueue<>();
    final Queue<TunnelState> states = new ConcurrentLinkedQueue<>();

    @Override
    public void payload(UdpTunnel tunnel, ByteBuf payload) {
      received.add(ByteBufUtil.getBytes(payload));
    }

    @Override
    public void state(UdpTunnel tunnel, TunnelState state) {
      states.add(state);
    }
  }

  static void open(UdpTunnel tunnel) {
    MasqueLab.await(
        () -> tunnel + " to open, it is " + tunnel.state(),
        () -> tunnel.state() instanceof TunnelState.Open);
  }

  static void echoes(UdpTunnel tunnel, Box box, int length) {
    assertTrue(tunnel.send(Unpooled.wrappedBuffer(RecordedTunnel.bytes(length))));
    MasqueLab.await(
        () -> "the echo by " + tunnel + ": " + tunnel.state() + " " + tunnel.counters(),
        () -> !box.received.isEmpty());
    assertArrayEquals(RecordedTunnel.bytes(length), box.received.remove());
  }

  static void phase(MasqueClient client, Phase phase) {
    MasqueLab.await(
        () -> phase + ", it is " + client.status(), () -> client.status().phase() == phase);
  }

  static void start(EchoProxy proxy, HttpVersion version) {
    if (version == HttpVersion.HTTP_3) {
      proxy.http3(Http3Options.SERVER, 100);
    } else {
      proxy.tcp(Http2Options.SERVER, version);
    }
  }
}
