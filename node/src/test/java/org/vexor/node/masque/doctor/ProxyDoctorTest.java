package org.vexor.node.masque.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.masque.client.ClientOptions;
import org.vexor.masque.client.ClientTimes;
import org.vexor.masque.client.Credentials;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.node.UdpEcho;
import org.vexor.node.masque.ProxyAccess;
import org.vexor.node.proxy.LocalProxy;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.doctor.State;

final class ProxyDoctorTest {
  private static final List<String> WAY_OF_HTTP3 =
      List.of("dns", "udp_reach", "handshake", "settings", "tunnel", "echo", "path_mtu");

  @TempDir private Path folder;

  private MasqueProxy proxy(String more) throws Exception {
    return LocalProxy.start(folder, 0, more);
  }

  private ClientOptions options(int port, HttpVersion... versions) throws Exception {
    var access =
        new ProxyAccess(
            "localhost:" + port,
            Optional.of(LocalProxy.authority(folder)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return access.options().withVersions(versions);
  }

  private static ProxyDiagnosis examine(ClientOptions options) throws Exception {
    return ProxyDoctor.examine(options, Optional.empty());
  }

  private static List<String> topics(ProxyDiagnosis diagnosis, HttpVersion version) {
    return diagnosis.findings().stream()
        .filter(each -> each.subject().isEmpty() || each.subject().get().equals(version.label()))
        .map(Finding::topic)
        .toList();
  }

  /// The last finding of a version, where it stopped.
  private static Finding last(ProxyDiagnosis diagnosis) {
    return diagnosis.findings().getLast();
  }

  @Test
  void walksEveryStepOverEveryVersionToAnEchoAndBack() throws Exception {
    try (MasqueProxy proxy = proxy("");
        UdpEcho echo = UdpEcho.start()) {
      ProxyDiagnosis diagnosis =
          ProxyDoctor.examine(
              options(proxy.localAddress().getPort(), HttpVersion.values()),
              Optional.of(UdpTarget.of(InetAddress.getLoopbackAddress(), echo.port())));
      assertTrue(diagnosis.isBest(), diagnosis::toString);
      assertEquals(List.of(HttpVersion.values()), diagnosis.usable());
      Map<State, Long> states =
          diagnosis.findings().stream()
              .collect(Collectors.groupingBy(Finding::state, Collectors.counting()));
      assertEquals(List.of(State.OK), List.copyOf(states.keySet()), diagnosis::toString);
      assertEquals(WAY_OF_HTTP3, topics(diagnosis, HttpVersion.HTTP_3));
      assertEquals(
          List.of("dns", "tcp_reach", "handshake", "settings", "tunnel", "echo"),
          topics(diagnosis, HttpVersion.HTTP_2));
      Finding mtu =
          diagnosis.findings().stream()
              .filter(each -> each.topic().equals("path_mtu"))
              .findFirst()
              .orElseThrow();
      // 44 bytes of QUIC and 2 of HTTP within packets of 1,452, the proxy's and ours.
      assertTrue(mtu.fact().startsWith("payloads of 1406 bytes go through and back"), mtu::fact);
    }
  }

  @Test
  void withoutAnEchoTheRefusalOfNobodysAddressIsGoodEnough() throws Exception {
    try (MasqueProxy proxy = proxy("")) {
      ProxyDiagnosis diagnosis =
          examine(options(proxy.localAddress().getPort(), HttpVersion.HTTP_3));
      assertTrue(diagnosis.isBest(), diagnosis::toString);
      assertTrue(last(diagnosis).fact().equals("packets of 1472 bytes reach the proxy"));
    }
  }

  @Test
  void tellsWhoseCredentialsAndWhichAuthorityAreMissing() throws Exception {
    Path users = Files.writeString(folder.resolve("users"), "basic bob hunter2\n");
    try (MasqueProxy proxy = proxy("auth = \"" + users + "\"")) {
      int port = proxy.localAddress().getPort();
      var eve = new Credentials.Basic("eve", "guess");
      for (HttpVersion version : HttpVersion.values()) {
        ProxyDiagnosis refused = examine(options(port, version).withCredentials(eve));
        assertFalse(refused.isBest());
        assertEquals("tunnel", last(refused).topic(), refused::toString);
        assertTrue(last(refused).remedies().getFirst().text().contains("--auth"));
        assertFalse(refused.toString().contains("guess"));
        ProxyDiagnosis stranger =
            examine(ProxyAccess.of("localhost:" + port).options().withVersions(version));
        assertEquals("handshake", last(stranger).topic(), stranger::toString);
        assertTrue(last(stranger).remedies().getFirst().text().contains("--ca"));
      }
    }
  }

  private static ProxyDiagnosis impatient(int port) throws Exception {
    ClientTimes times =
        ClientTimes.DEFAULT.withRace(Duration.ofMillis(300), Duration.ZERO, Duration.ofSeconds(5));
    return examine(ProxyAccess.of("localhost:" + port).options().withTimes(times));
  }

  @Test
  void tellsClosedPortsFromSilentOnes() throws Exception {
    int port;
    try (var silent =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      port = silent.getLocalPort();
      ProxyDiagnosis diagnosis = impatient(port);
      assertEquals(List.of(), diagnosis.usable());
      Finding udp = diagnosis.obstacle(HttpVersion.HTTP_3).orElseThrow();
      assertEquals("udp_reach", udp.topic());
      assertTrue(udp.fact().contains("does not answer"), udp::fact);
      Finding tcp = diagnosis.obstacle(HttpVersion.HTTP_2).orElseThrow();
      assertEquals(State.WARN, tcp.state());
      assertTrue(tcp.fact().contains("TCP port is closed"), tcp::fact);
    }
    Finding closed = impatient(port).obstacle(HttpVersion.HTTP_3).orElseThrow();
    assertTrue(closed.fact().contains("UDP port is closed"), closed::fact);
  }

  @Test
  void aNameThatDoesNotResolveIsTheOnlyFinding() throws Exception {
    var template = UriTemplate.ofProxy("https://nobody.invalid");
    ProxyDiagnosis diagnosis =
        examine(ClientOptions.of(template, ProxyAccess.of("localhost").options().tls()));
    assertEquals(List.of("dns"), diagnosis.findings().stream().map(Finding::topic).toList());
    assertEquals(State.PROBLEM, last(diagnosis).state());
    assertEquals(
        Arrays.stream(HttpVersion.values()).map(_ -> Optional.of(last(diagnosis))).toList(),
        Arrays.stream(HttpVersion.values()).map(diagnosis::obstacle).toList());
  }
}
