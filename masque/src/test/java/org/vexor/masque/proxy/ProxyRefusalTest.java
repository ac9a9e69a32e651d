package org.vexor.masque.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.field.ProxyStatus;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.request.RefusalReason;
import org.vexor.masque.proxy.resolve.HostResolver;
import org.vexor.masque.proxy.resolve.Resolution;
import org.vexor.masque.uri.UdpTarget;

@EnabledOnOs(OS.LINUX)
final class ProxyRefusalTest {
  private final ProxyLab lab = new ProxyLab();

  @AfterEach
  void closeLab() {
    lab.close();
  }

  private static HostResolver always(Resolution answer) {
    return _ -> CompletableFuture.completedFuture(answer);
  }

  private static Resolution addresses(String... literals) {
    var all = new ArrayList<InetAddress>();
    for (String each : literals) {
      all.add(InetAddress.ofLiteral(each));
    }
    return new Resolution.Addresses(all);
  }

  private MasqueProxy open(HostResolver resolver) {
    return lab.start(
        ProxyLab.settings(AccessList.everybody(), ProxyLimits.DEFAULT, ProxyLab.LOOPBACK),
        resolver);
  }

  private static void refused(RecordedTunnel tunnel, int status, String error) throws Exception {
    ResponseHead head = MasqueLab.await(tunnel.head);
    assertEquals(status, head.status());
    ProxyStatus told = head.proxyStatus().getFirst();
    assertEquals(error, told.error().orElseThrow());
    assertEquals("lab", told.proxy());
  }

  @Test
  void specialAddressesAreProhibitedHoweverTheyAreNamed() throws Exception {
    MasqueProxy proxy =
        lab.start(
            ProxyLab.settings(AccessList.everybody(), ProxyLimits.DEFAULT),
            host ->
                CompletableFuture.completedFuture(
                    addresses(host.replace(".test", "").replace('x', '.'))));
    ProxyLab.Requests client = lab.client(HttpVersion.HTTP_3, proxy);
    List<String> denied =
        List.of(
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255");
    for (String each : denied) {
      refused(client.udp(UdpTarget.of(each + ":53")), 403, "destination_ip_prohibited");
      refused(
          client.udp(UdpTarget.of("[::ffff:" + each + "]:53")), 403, "destination_ip_prohibited");
      refused(
          client.udp(UdpTarget.of(each.replace('.', 'x') + ".test:53")),
          403,
          "destination_ip_prohibited");
    }
    for (String each :
        List.of("::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1", "2002:7f00:1::")) {
      refused(client.udp(UdpTarget.of("[" + each + "]:53")), 403, "destination_ip_prohibited");
    }
    assertEquals(3L * denied.size() + 7, proxy.counters().refused(RefusalReason.PROHIBITED));
    assertEquals(0, proxy.sockets().openSockets());
  }

  @Test
  void aNameIsAskedForOnceAndWhatWasJudgedIsGoneTo() throws Exception {
    UdpTarget echo = lab.echo();
    var asked = new AtomicInteger();
    MasqueProxy proxy =
        open(
            _ ->
                CompletableFuture.completedFuture(
                    asked.getAndIncrement() == 0 ? addresses("127.0.0.1") : addresses("10.0.0.1")));
    ProxyLab.Requests client = lab.client(HttpVersion.HTTP_3, proxy);
    UdpTarget changing = UdpTarget.of("changing.test:" + echo.port());
    client.udp(changing).echoes(5);
    assertEquals(1, asked.get());
    refused(client.udp(changing), 403, "destination_ip_prohibited");
  }

  @Test
  void anAllowedAddressAmongDeniedOnesIsTaken() throws Exception {
    UdpTarget echo = lab.echo();
    MasqueProxy proxy = open(always(addresses("10.0.0.1", "127.0.0.1", "::1")));
    lab.client(HttpVersion.HTTP_3, proxy).udp(UdpTarget.of("mixed.test:" + echo.port())).echoes(5);
  }

  @Test
  void dnsFailuresAreTold() throws Exception {
    record Case(Resolution answer, int status, String error) {}
    var cases =
        List.of(
            new Case(new Resolution.NotFound("NXDOMAIN"), 502, "dns_error"),
            new Case(new Resolution.Failed("x"), 502, "dns_error"),
            new Case(new Resolution.TimedOut(), 504, "dns_timeout"),
            new Case(new Resolution.Busy(), 503, "connection_limit_reached"));
    var next = new AtomicInteger();
    MasqueProxy proxy =
        open(_ -> CompletableFuture.completedFuture(cases.get(next.getAndIncrement()).answer()));
    ProxyLab.Requests client = lab.client(HttpVersion.HTTP_3, proxy);
    for (Case each : cases) {
      RecordedTunnel tunnel = client.udp(UdpTarget.of("name.test:53"));
      refused(tunnel, each.status(), each.error());
      Optional<String> rcode = tunnel.head.join().proxyStatus().getFirst().rcode();
      assertEquals(each.answer() instanceof Resolution.NotFound, rcode.isPresent());
    }
    assertEquals(0, proxy.gate().ledger().tunnels());
  }

  @ParameterizedTest
  @EnumSource
  void strangersGetNothing(HttpVersion version) throws Exception {
    MasqueProxy proxy =
        lab.start(
            ProxyLab.settings(
                AccessList.parse(List.of("bearer alice s3cr3t"), false),
                ProxyLimits.DEFAULT,
                ProxyLab.LOOPBACK),
            always(new Resolution.TimedOut()));
    UdpTarget target = lab.echo();
    RecordedTunnel missing = lab.client(version, proxy).udp(target);
    refused(missing, 407, "http_request_denied");
    assertEquals(2, missing.head.join().fields().values("proxy-authenticate").size());
    refused(
        lab.client(version, proxy)
            .udp(target, FieldLines.EMPTY.with("proxy-authorization", "Bearer wrong")),
        407,
        "http_request_denied");
    lab.client(version, proxy)
        .udp(target, FieldLines.EMPTY.with("proxy-authorization", "Bearer s3cr3t"))
        .echoes(5);
    assertEquals(1, proxy.counters().refused(RefusalReason.CREDENTIALS_MISSING));
    assertEquals(1, proxy.counters().refused(RefusalReason.CREDENTIALS_WRONG));
  }

  @Test
  void limitsHoldAndAreTold() throws Exception {
    MasqueProxy proxy =
        lab.start(
            ProxyLab.settings(
                AccessList.everybody(), ProxyLimits.DEFAULT.withTunnels(2, 2), ProxyLab.LOOPBACK),
            always(new Resolution.TimedOut()));
    UdpTarget target = lab.echo();
    ProxyLab.Requests client = lab.client(HttpVersion.HTTP_3, proxy);
    client.udp(target).echoes(1);
    RecordedTunnel second = client.udp(target);
    second.echoes(1);
    refused(client.udp(target), 503, "connection_limit_reached");
    second.flow.join().stream().eventLoop().execute(second.flow.join()::close);
    MasqueLab.await("room", () -> proxy.gate().ledger().tunnels() == 1);
    client.udp(target).echoes(1);
  }

  @Test
  void settingsChangeWithoutHarmToTunnels() throws Exception {
    MasqueProxy proxy = open(always(new Resolution.TimedOut()));
    UdpTarget target = lab.echo();
    ProxyLab.Requests client = lab.client(HttpVersion.HTTP_3, proxy);
    RecordedTunnel tunnel = client.udp(target);
    tunnel.echoes(1);
    proxy.settings(ProxyLab.settings(AccessList.everybody(), ProxyLimits.DEFAULT));
    refused(client.udp(target), 403, "destination_ip_prohibited");
    tunnel.echoes(2);
  }

  @Test
  void whoDrainsTakesNoMoreAndKeepsWhatItHas() throws Exception {
    MasqueProxy proxy = open(always(new Resolution.TimedOut()));
    UdpTarget target = lab.echo();
    RecordedTunnel tunnel = lab.client(HttpVersion.HTTP_3, proxy).udp(target);
    tunnel.echoes(1);
    assertTrue(!proxy.drain(Duration.ofMillis(1)), "a tunnel is still there");
    tunnel.echoes(2);
    refused(lab.client(HttpVersion.HTTP_2, proxy).udp(target), 503, "destination_unavailable");
    tunnel.flow.join().stream().eventLoop().execute(tunnel.flow.join()::close);
    assertTrue(proxy.drain(Duration.ofSeconds(10)));
  }

  @Test
  void loopsAndWhatIsNotServedAreTold() throws Exception {
    MasqueProxy proxy = open(always(new Resolution.TimedOut()));
    ProxyLab.Requests client = lab.client(HttpVersion.HTTP_3, proxy);
    UdpTarget own = UdpTarget.of(proxy.localAddress().getAddress(), proxy.localAddress().getPort());
    refused(client.udp(own), 508, "proxy_loop_detected");
    refused(
        client.udp(lab.echo(), FieldLines.EMPTY.with("via", "1.1 other, 3 lab (x)")),
        508,
        "proxy_loop_detected");
    var get = new RecordedTunnel();
    client.send(
        new RequestHead("GET", Optional.empty(), "https", "localhost", "/", FieldLines.EMPTY), get);
    refused(get, 405, "http_request_error");
    var other = new RecordedTunnel();
    client.send(
        new RequestHead(
            "CONNECT", Optional.of("connect-foo"), "https", "localhost", "/", FieldLines.EMPTY),
        other);
    refused(other, 501, "http_request_error");
    var path = new RecordedTunnel();
    client.send(RequestHead.connectUdp("localhost", "/elsewhere", FieldLines.EMPTY), path);
    refused(path, 400, "http_request_error");
    var tcp = new RecordedTunnel();
    client.send(RequestHead.connectTcp("host", FieldLines.EMPTY), tcp);
    refused(tcp, 400, "http_request_error");
  }
}
