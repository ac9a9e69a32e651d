package org.vexor.masque;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.vexor.masque.client.ClientOptions;
import org.vexor.masque.client.MasqueClient;
import org.vexor.masque.client.TunnelListener;
import org.vexor.masque.client.TunnelState;
import org.vexor.masque.client.UdpTunnel;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.ProxyOptions;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.policy.AddressPolicy;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.request.ProxySettings;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.masque.proxy.resolve.Resolution;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.tls.LocalAuthority;
import org.vexor.quic.tls.PeerTrust;
import org.vexor.quic.tls.TlsOptions;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;
import tech.kwik.flupke.Http3Client;
import tech.kwik.flupke.HttpStream;
import tech.kwik.flupke.server.Http3ApplicationProtocolFactory;

/// flupke, HTTP/3 on kwik, knows no datagrams of HTTP: over HTTP/3 all payloads go by capsules, as
/// RFC 9297 §3 wants where no datagrams were agreed on.
@EnabledOnOs(OS.LINUX)
final class FlupkePeerTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final int LENGTH = 1_200;
  private static final int PATIENCE_SECONDS = 20;

  /// DATAGRAM (RFC 9297 §3.5), its length as a varint of two bytes, context 0 of RFC 9298.
  private static final int CAPSULE_HEADER = 4;

  private static final int TWO_BYTES = 0x4000;

  /// kwik allows nothing unless told.
  private static final int STREAMS = 10;

  private static final int WINDOW = 1 << 16;

  private final LocalAuthority authority =
      LocalAuthority.create(List.of("localhost"), List.of(HERE), Instant.now(), new SecureRandom());
  private final MasqueLab lab = new MasqueLab();

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @Test
  @Timeout(PATIENCE_SECONDS)
  void itsClientGetsThroughOurProxyByCapsules() throws Exception {
    UdpTarget target = echo();
    UriTemplate template = UriTemplate.ofProxy("https://127.0.0.1");
    MasqueProxy proxy =
        lab.also(
            MasqueProxy.start(
                new ProxyOptions(
                    "lab",
                    MasqueLab.anyPort(),
                    TlsOptions.of(HttpVersion.HTTP_3.alpn()).withIdentity(authority.server()),
                    1,
                    true,
                    false,
                    ProxyOptions.quic(100)),
                new ProxySettings(
                    List.of(template),
                    Set.of(Transport.UDP),
                    AccessList.everybody(),
                    new AddressPolicy(
                        List.of(Rule.parse("127.0.0.0/8")),
                        List.of(),
                        AddressPolicy.ownAddresses()),
                    ProxyLimits.DEFAULT,
                    false),
                _ -> CompletableFuture.completedFuture(new Resolution.NotFound("NXDOMAIN")),
                _ -> {}),
            MasqueProxy::close);

    var client = (Http3Client) Http3Client.newBuilder().disableCertificateCheck().build();
    HttpStream stream =
        client.sendExtendedConnect(
            HttpRequest.newBuilder(
                    URI.create(
                        "https://127.0.0.1:"
                            + proxy.localAddress().getPort()
                            + template.path(target)))
                .header("Capsule-Protocol", "?1")
                .build(),
            "connect-udp",
            "https");

    byte[] sent = capsule(RecordedTunnel.bytes(LENGTH));
    OutputStream out = stream.getOutputStream();
    out.write(sent);
    out.flush();
    byte[] back = new byte[sent.length];
    assertEquals(back.length, stream.getInputStream().readNBytes(back, 0, back.length));
    assertArrayEquals(sent, back);
    out.close();
  }

  private static byte[] capsule(byte[] payload) {
    ByteBuf bytes = Unpooled.buffer(CAPSULE_HEADER + payload.length);
    bytes.writeByte(0).writeShort(TWO_BYTES | (1 + payload.length)).writeByte(0);
    return ByteBufUtil.getBytes(bytes.writeBytes(payload));
  }

  private UdpTarget echo() throws IOException {
    var socket = lab.also(new DatagramSocket(0, HERE), DatagramSocket::close);
    Thread _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  var packet = new DatagramPacket(new byte[2 * LENGTH], 2 * LENGTH);
                  try {
                    while (true) {
                      socket.receive(packet);
                      socket.send(packet);
                    }
                  } catch (IOException e) {
                    // Closed with the lab.
                  }
                });
    return UdpTarget.of(HERE, socket.getLocalPort());
  }

  @Test
  void ourClientTurnsToCapsulesAtItsServer() throws Exception {
    int port = serve();
    var echoed = new Echoes();
    MasqueClient client =
        lab.also(
            MasqueClient.start(
                ClientOptions.of(
                        UriTemplate.ofProxy("https://127.0.0.1:" + port),
                        TlsOptions.of(HttpVersion.HTTP_3.alpn())
                            .withTrust(new PeerTrust.Authorities(List.of(authority.authority()))))
                    .withVersions(HttpVersion.HTTP_3),
                Optional.of(lab.transport),
                Optional.empty()),
            MasqueClient::close);
    UdpTunnel tunnel = client.open(UdpTarget.of("192.0.2.1:53"), echoed);
    MasqueLab.await(
        () -> tunnel + " to open: " + tunnel.state() + ", " + client.status(),
        () -> tunnel.state() instanceof TunnelState.Open);
    TunnelState.Open open = assertInstanceOf(TunnelState.Open.class, tunnel.state());
    assertEquals(HttpVersion.HTTP_3, open.version());
    assertFalse(open.datagrams());

    assertTrue(tunnel.send(Unpooled.wrappedBuffer(RecordedTunnel.bytes(LENGTH))));
    MasqueLab.await("the echo", () -> !echoed.payloads.isEmpty());
    assertArrayEquals(RecordedTunnel.bytes(LENGTH), echoed.payloads.remove());
    assertEquals(1, tunnel.counters().capsulesSent());
  }

  /// An HTTP/3 server that sends back each byte of a CONNECT-UDP stream, and so each capsule.
  private int serve() throws Exception {
    var socket = lab.also(new DatagramSocket(0, HERE), DatagramSocket::close);
    char[] password = {'x'};
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, password);
    keys.setKeyEntry(
        "own",
        authority.server().privateKey(),
        password,
        authority.server().certificates().toArray(Certificate[]::new));
    ServerConnector server =
        ServerConnector.builder()
            .withSocket(socket)
            .withKeyStore(keys, "own", password, "secp256r1")
            .withConfiguration(
                ServerConnectionConfig.builder()
                    .maxOpenPeerInitiatedBidirectionalStreams(STREAMS)
                    .maxOpenPeerInitiatedUnidirectionalStreams(STREAMS)
                    .maxConnectionBufferSize(WINDOW)
                    .maxBidirectionalStreamBufferSize(WINDOW)
                    .maxUnidirectionalStreamBufferSize(WINDOW)
                    .build())
            .withLogger(new NullLogger())
            .build();
    server.registerApplicationProtocol(
        HttpVersion.HTTP_3.alpn(),
        new Http3ApplicationProtocolFactory(
            (_, _) -> {}, // without a status it is the extension that answers
            Map.of("connect-udp", _ -> FlupkePeerTest::grant)));
    server.start();
    lab.also(server, ServerConnector::close);
    return socket.getLocalPort();
  }

  private static void grant(
      HttpHeaders headers,
      String protocol,
      String authority,
      String path,
      IntConsumer status,
      HttpStream stream) {
    status.accept(200);
    Thread _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  byte[] some = new byte[2 * LENGTH];
                  try (InputStream in = stream.getInputStream();
                      OutputStream out = stream.getOutputStream()) {
                    for (int n = in.read(some); n >= 0; n = in.read(some)) {
                      out.write(some, 0, n);
                      out.flush();
                    }
                  } catch (IOException e) {
                    // The client is gone with the lab.
                  }
                });
  }

  private static final class Echoes implements TunnelListener {
    private final Queue<byte[]> payloads = new ConcurrentLinkedQueue<>();

    @Override
    public void payload(UdpTunnel tunnel, ByteBuf payload) {
      payloads.add(ByteBufUtil.getBytes(payload));
    }
  }
}
