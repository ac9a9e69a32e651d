package org.vexor.masque.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.http.FlowDrop;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.tls.PeerTrust;
import org.vexor.quic.tls.TlsOptions;

/// Our client through masque-go's proxy.
final class MasqueGoProxyTest {
  private final MasqueLab lab = new MasqueLab();
  @TempDir private Path folder;
  private int port;
  private PeerProgram proxy;

  @BeforeEach
  void startProxy() throws Exception {
    port = PeerProgram.freePort();
    proxy = start("-self-signed", folder.toString());
    MasqueLab.await("its certificate", () -> Files.exists(folder.resolve("ca.pem")));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private UriTemplate template() {
    return UriTemplate.ofProxy("https://127.0.0.1:" + port);
  }

  private PeerProgram start(String... certificate) throws Exception {
    var arguments = new ArrayList<>(List.of(certificate));
    arguments.addAll(List.of("-b", "127.0.0.1:" + port, "-t", template().toString()));
    return lab.also(
        PeerProgram.start("masque-proxy", arguments.toArray(String[]::new)), PeerProgram::close);
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }

  private MasqueClient client() {
    TlsOptions tls =
        TlsOptions.of(HttpVersion.HTTP_3.alpn())
            .withTrust(PeerTrust.authorities(folder.resolve("ca.pem")));
    return lab.also(
        MasqueClient.start(
            ClientOptions.of(template(), tls), Optional.of(lab.transport), Optional.empty()),
        MasqueClient::close);
  }

  private String echo(String host) throws Exception {
    String target = host + ":" + PeerProgram.freePort();
    String bind = target.replace("localhost", "127.0.0.1");
    lab.also(PeerProgram.start("udp-echo", "-b", bind), PeerProgram::close);
    return target;
  }

  private static final class Box implements TunnelListener {
    private final Queue<byte[]> received = new ConcurrentLinkedQueue<>();

    @Override
    public void payload(UdpTunnel tunnel, ByteBuf payload) {
      received.add(ByteBufUtil.getBytes(payload));
    }
  }

  /// Sends until it comes back: UDP promises nothing, and the echo may not be up yet.
  private static void echoes(UdpTunnel tunnel, Box box, int length) {
    byte[] payload = RecordedTunnel.bytes(length);
    long[] sentNs = {0};
    MasqueLab.await(
        () -> length + " bytes by " + tunnel + ": " + tunnel.state() + " " + tunnel.counters(),
        () -> {
          long nowNs = System.nanoTime();
          if (nowNs - sentNs[0] > Duration.ofMillis(300).toNanos()) {
            sentNs[0] = nowNs;
            boolean _ = tunnel.send(Unpooled.wrappedBuffer(payload));
          }
          return box.received.stream().anyMatch(each -> each.length == length);
        });
    assertArrayEquals(
        payload,
        box.received.stream().filter(each -> each.length == length).findFirst().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]", "localhost"})
  void payloadsOfAllSizesComeBack(String host) throws Exception {
    var box = new Box();
    UdpTunnel tunnel = client().open(UdpTarget.of(echo(host)), box);
    for (int length : new int[] {1, 64, 1_100, 0}) {
      echoes(tunnel, box, length);
    }
    var open = assertInstanceOf(TunnelState.Open.class, tunnel.state());
    assertTrue(open.datagrams());
    MasqueLab.await("discovery", () -> tunnel.maxPayloadBytes() > 1_400);
    echoes(tunnel, box, 1_200);
    int most = tunnel.maxPayloadBytes();
    assertTrue(tunnel.send(Unpooled.wrappedBuffer(new byte[most + 1])));
    MasqueLab.await(
        "the drop", () -> tunnel.counters().flow().containsKey(FlowDrop.SEND_TOO_LARGE));
    assertEquals(0, tunnel.counters().capsulesSent());
  }

  @Test
  void aNameThatDoesNotResolveIsARefusal() {
    UdpTunnel tunnel = client().open(UdpTarget.of("no-such-host.invalid:53"), new Box());
    MasqueLab.await("the refusal", () -> tunnel.state() instanceof TunnelState.Refused);
    assertEquals(502, ((TunnelState.Refused) tunnel.state()).status());
  }

  @Test
  void tunnelsComeBackWithin3SecondsOfAKilledProxysReturn() throws Exception {
    MasqueClient client = client();
    UdpTarget target = UdpTarget.of(echo("127.0.0.1"));
    List<UdpTunnel> tunnels = new ArrayList<>();
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      boxes.add(new Box());
      tunnels.add(client.open(target, boxes.get(i)));
    }
    for (int i = 0; i < 100; i++) {
      echoes(tunnels.get(i), boxes.get(i), 100 + i);
    }
    proxy.kill();
    MasqueLab.await(
        () -> "the loss, " + client.status(),
        () -> tunnels.stream().allMatch(each -> each.state() instanceof TunnelState.Lost));
    assertEquals(ClientStatus.Phase.UNREACHABLE, client.status().phase());
    PeerProgram _ = start("-cert", file("cert.pem"), "-key", file("key.pem"));
    long returnedNs = System.nanoTime();
    MasqueLab.await(
        () -> "all to be open again, " + client.status(),
        () -> tunnels.stream().allMatch(each -> each.state() instanceof TunnelState.Open));
    Duration took = Duration.ofNanos(System.nanoTime() - returnedNs);
    assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, () -> "it took " + took);
    for (int i = 0; i < 100; i++) {
      boxes.get(i).received.clear();
      echoes(tunnels.get(i), boxes.get(i), 200 + i);
    }
  }
}
