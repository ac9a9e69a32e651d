package org.vexor.node.masque.doctor;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.vexor.masque.client.ClientOptions;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.link.DialException;
import org.vexor.masque.link.Dialer;
import org.vexor.masque.link.ProxyLink;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.node.masque.ProxyAccess;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.doctor.Remedy;
import org.vexor.packet.doctor.State;

/// One HTTP version, step by step, until one fails.
final class VersionCheck {
  private static final Duration REACH_PATIENCE = Duration.ofMillis(900);
  private static final double NS_A_MS = 1e6;

  private final ClientOptions options;
  private final HttpVersion version;
  private final List<InetAddress> addresses;
  private final Dialer dialer;
  private final Optional<UdpTarget> echo;
  private final Consumer<Finding> findings;

  /// What goes wrong with a version that is only the way out where better ones are barred keeps
  /// nobody from the best.
  private final State bad;

  VersionCheck(
      ClientOptions options,
      HttpVersion version,
      List<InetAddress> addresses,
      Dialer dialer,
      Optional<UdpTarget> echo,
      Consumer<Finding> findings) {
    this.options = options;
    this.version = version;
    this.addresses = addresses;
    this.dialer = dialer;
    this.echo = echo;
    this.findings = findings;
    bad = version == options.versions().getFirst() ? State.PROBLEM : State.WARN;
  }

  /// Whether a tunnel went through, or would to a target that is there.
  boolean run() throws InterruptedException {
    int port = options.template().port();
    Optional<Integer> pathBytes = Optional.empty();
    Optional<Finding> doubt = Optional.empty();
    if (version == HttpVersion.HTTP_3) {
      Reach.Result reach = Reach.byUdp(addresses, port, REACH_PATIENCE);
      pathBytes = reach.largestBytes();
      if (reach.works()) {
        ok("udp_reach", reach.fact(), "UDP gets there and back, and QUIC is spoken there");
      } else {
        doubt = Optional.of(udpTrouble(reach, port));
        if (reach.isCertain()) {
          findings.accept(doubt.get());
          return false;
        }
      }
    } else {
      Reach.Result reach = Reach.byTcp(addresses, port, options.times().handshake());
      if (!reach.works()) {
        findings.accept(tcpTrouble(reach, port));
        return false;
      }
      ok("tcp_reach", reach.fact(), "TCP gets there and back");
    }
    Optional<ProxyLink> link = dial(doubt);
    if (link.isEmpty()) {
      return false;
    }
    try {
      return tunnel(link.get(), pathBytes);
    } finally {
      link.get().close("examined");
    }
  }

  private Finding udpTrouble(Reach.Result reach, int port) {
    return reach.isCertain()
        ? finding(
            "udp_reach",
            bad,
            reach.fact(),
            "HTTP/3 cannot be used: nothing takes UDP there",
            Remedy.advice(
                "correct the port in --proxy, or start the proxy's HTTP/3 on UDP " + port))
        : finding(
            "udp_reach",
            bad,
            reach.fact(),
            "HTTP/3 cannot be used: UDP is blocked on the way, or nothing speaks QUIC there",
            Remedy.advice(
                "let UDP port " + port + " through on the firewalls between here and the proxy"),
            Remedy.advice("start the proxy's HTTP/3 there"));
  }

  private Finding tcpTrouble(Reach.Result reach, int port) {
    return finding(
        "tcp_reach",
        bad,
        reach.fact(),
        version.label() + " cannot be used, also not where UDP is blocked",
        Remedy.advice(
            "let the proxy serve TCP port " + port + ", and the firewalls let it through"));
  }

  private Optional<ProxyLink> dial(Optional<Finding> doubt) throws InterruptedException {
    long beganNs = System.nanoTime();
    // Each address has its time, twice: for the handshake and for SETTINGS.
    Duration patience =
        options.times().handshake().multipliedBy(2L * addresses.size()).plusSeconds(1);
    try {
      ProxyLink link =
          dialer.dial().toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      String took = "done in %.1f ms".formatted((System.nanoTime() - beganNs) / NS_A_MS);
      if (doubt.isPresent()) {
        ok(
            "udp_reach",
            "no answer to a packet of an unknown version, but to the handshake",
            "UDP gets there and back");
      }
      ok("handshake", took, "the proxy is the one that it should be");
      return Optional.of(link);
    } catch (ExecutionException e) {
      failed(DialException.stage(e), DialException.reason(e), doubt);
    } catch (TimeoutException _) {
      failed(Optional.empty(), "no end of it within " + patience.toSeconds() + " s", doubt);
    }
    return Optional.empty();
  }

  private void failed(Optional<DialException.Stage> stage, String why, Optional<Finding> doubt) {
    boolean settings = stage.filter(DialException.Stage.SETTINGS::equals).isPresent();
    if (doubt.isPresent() && !settings) {
      // Where nothing came back there is nothing to say of a handshake.
      findings.accept(doubt.get());
      return;
    }
    if (settings) {
      ok("handshake", "done", "the proxy is the one that it should be");
      findings.accept(
          finding(
              "settings",
              bad,
              why,
              "this server takes no tunnels over " + version.label(),
              Remedy.advice("switch on Extended CONNECT (SETTINGS 0x08) at the proxy"),
              Remedy.advice("correct --proxy, if this is no MASQUE proxy")));
      return;
    }
    findings.accept(
        finding("handshake", bad, why, "no connection over " + version.label(), trust(why)));
  }

  private Remedy trust(String why) {
    String words = why.toLowerCase(Locale.ROOT);
    if (words.contains("certificate required") || words.contains("0x174")) {
      return Remedy.advice("show the proxy a certificate: --cert FILE --key FILE");
    }
    if (words.contains("pinned")) {
      return Remedy.advice("give --proxy-key the key that the proxy has now, if it was to change");
    }
    boolean known =
        words.contains("cert") || words.contains("pkix") || words.contains("subject alternative");
    return known
        ? Remedy.advice(
            "know the proxy by --ca FILE (what it prints at start) or by --proxy-key HEX, under a"
                + " name that its certificate has")
        : Remedy.advice(
            "look into the proxy's own log; it must speak " + version.label() + " here");
  }

  private boolean tunnel(ProxyLink link, Optional<Integer> pathBytes) throws InterruptedException {
    UdpTarget target = echo.orElse(ProxyAccess.NOBODY);
    RequestHead head =
        RequestHead.connectUdp(
            options.template().authority(),
            options.template().path(target),
            options.credentials().fields(true));
    try (TunnelTrial trial = TunnelTrial.ask(link, head)) {
      var check = new TunnelCheck(version, bad, target, echo.isPresent(), findings);
      return check.run(trial, pathBytes);
    }
  }

  private void ok(String topic, String fact, String meaning) {
    findings.accept(finding(topic, State.OK, fact, meaning));
  }

  private Finding finding(
      String topic, State state, String fact, String meaning, Remedy... remedies) {
    return Finding.on(version.label(), topic, state, fact, meaning, remedies);
  }
}
