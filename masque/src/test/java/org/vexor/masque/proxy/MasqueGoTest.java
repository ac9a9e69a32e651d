package org.vexor.masque.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.resolve.SystemResolver;
import org.vexor.masque.proxy.tunnel.AccessLog;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.tls.LocalAuthority;
import org.vexor.quic.tls.TlsOptions;
import org.vexor.testkit.AgavePeer;

/// masque-go's client through our proxy. Skipped without -Dvexor.peers=DIR with the programs built
/// from peers/masque-go.
final class MasqueGoTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  @TempDir private Path folder;
  private final ProxyLab lab = new ProxyLab();
  private MasqueProxy proxy;
  private String template = "";

  @BeforeEach
  void startProxy() throws Exception {
    LocalAuthority authority =
        LocalAuthority.create(
            List.of("localhost"), List.of(HERE), Instant.now(), new SecureRandom());
    authority.save(folder);
    ProxyLimits limits = ProxyLimits.DEFAULT;
    var options =
        new ProxyOptions(
            "lab",
            new InetSocketAddress(HERE, 0),
            TlsOptions.of(HttpVersion.HTTP_3.alpn()).withIdentity(authority.server()),
            1,
            true,
            true,
            ProxyOptions.quic(limits.streamsPerConnection()));
    proxy =
        MasqueProxy.start(
            options,
            ProxyLab.settings(AccessList.everybody(), limits, ProxyLab.LOOPBACK, Rule.parse("::1")),
            new SystemResolver(Duration.ofSeconds(5), 10),
            AccessLog.NONE);
    template = "https://127.0.0.1:" + proxy.localAddress().getPort() + UriTemplate.DEFAULT_UDP_PATH;
  }

  @AfterEach
  void closeAll() {
    proxy.close();
    lab.close();
  }

  private String[] arguments(String... more) {
    var all = new ArrayList<>(List.of("-t", template, "-ca", folder.resolve("ca.pem").toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 1_200, 1_306})
  void itsDatagramsComeBack(int size) throws Exception {
    String target = lab.echo(HERE, 0).toString();
    String[] arguments =
        arguments(
            "-target",
            target,
            "-k",
            "3",
            "-w",
            "4",
            "-d",
            "300ms",
            "-warmup",
            "100ms",
            "-s",
            Integer.toString(size));
    try (AgavePeer client = AgavePeer.start("masque-echo", arguments)) {
      String line = client.await("\"pps\"");
      assertEquals("0", AgavePeer.field(line, "bad"), line);
      assertTrue(Integer.parseInt(AgavePeer.field(line, "received")) > 0, line);
    }
  }

  @Test
  void itsUnusualRequestsGetTheRightAnswers() throws Exception {
    String target = lab.echo(HERE, 0).toString();
    try (AgavePeer client = AgavePeer.start("masque-probe", arguments("-target", target))) {
      for (String expected :
          List.of(
              "plain 200 echo as QUIC datagram",
              ":authority without port 200 echo as QUIC datagram",
              "reserved capsule first 200 echo",
              "context 2 first 200 echo",
              "DATAGRAM capsule 200 echo",
              "datagram before the response 200 echo",
              "half a capsule, then FIN 200 H3_MESSAGE_ERROR",
              "clean FIN 200 FIN",
              "closed target port 200 H3_CONNECT_ERROR",
              "target port 0 400 http_request_error",
              "name that does not resolve 502 dns_error",
              "method GET 405 http_request_error",
              "protocol connect-foo 501 http_request_error",
              "path off the template 400 http_request_error")) {
        int status = expected.replaceFirst("^.*? (?=[0-9]{3} )", "").length();
        String line = client.await(expected.substring(0, expected.length() - status).strip());
        String[] parts = expected.substring(expected.length() - status).split(" ", 2);
        assertTrue(line.contains(parts[0]) && line.contains(parts[1]), line + " for " + expected);
      }
    }
  }

  @Test
  void itFetchesAPageByQuicInQuic() throws Exception {
    Path pki = folder.resolve("origin");
    int port = lab.echo(HERE, 0).port() ^ 1;
    String origin = "127.0.0.1:" + port;
    try (AgavePeer _ = AgavePeer.start("h3-origin", "-b", origin, "-self-signed", pki.toString())) {
      MasqueLab.await("the origin's key", () -> Files.exists(pki.resolve("key.pem")));
      String[] arguments = arguments("https://" + origin + "/bytes/5000000");
      arguments[3] += "," + pki.resolve("ca.pem");
      try (AgavePeer client = AgavePeer.start("h3-fetch", arguments)) {
        String line = client.await("\"bytes\"");
        assertEquals("5000000", AgavePeer.field(line, "bytes"), line);
        assertEquals("200", AgavePeer.field(line, "status"), line);
      }
    }
  }
}
