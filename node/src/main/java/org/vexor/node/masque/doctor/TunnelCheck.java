package org.vexor.node.masque.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vexor.masque.client.TunnelState;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.node.masque.RefusalMeaning;
import org.vexor.node.masque.doctor.TunnelTrial.Answer;
import org.vexor.packet.doctor.Finding;
import org.vexor.packet.doctor.Remedy;
import org.vexor.packet.doctor.State;

/// The steps on a connection: SETTINGS, tunnel, echo, path MTU.
final class TunnelCheck {
  /// Longer than a proxy looks for a name.
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  /// QUIC finds out within some round trips, each of which waits for something to send.
  private static final int GROWTH_LOOKS = 30;

  private static final long GROWTH_LOOK_MS = 50;

  /// The first packets of QUIC (RFC 9000 §14.1).
  private static final int INNER_QUIC_BYTES = 1_200;

  /// What Chrome and quiche send without discovery of more.
  private static final int COMMON_QUIC_BYTES = 1_350;

  private static final int ECHO_BYTES = 16;
  private static final double NS_A_MS = 1e6;

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int UNAVAILABLE = 503;

  private final HttpVersion version;
  private final State bad;
  private final UdpTarget target;
  private final boolean echoes;
  private final Consumer<Finding> findings;

  /// @param bad how a failure bears on the whole
  /// @param echoes whether the target is to send back what it gets; otherwise nobody has it
  TunnelCheck(
      HttpVersion version,
      State bad,
      UdpTarget target,
      boolean echoes,
      Consumer<Finding> findings) {
    this.version = version;
    this.bad = bad;
    this.target = target;
    this.echoes = echoes;
    this.findings = findings;
  }

  /// Whether tunnels go through.
  ///
  /// @param pathBytes the largest packet that is known to reach the proxy
  boolean run(TunnelTrial trial, Optional<Integer> pathBytes) throws InterruptedException {
    return switch (trial.answer(PATIENCE)) {
      case Answer.Failed(String why) -> {
        tell("tunnel", bad, "CONNECT-UDP: " + why, "no UDP goes through", otherServer());
        yield false;
      }
      case Answer.Answered answered -> {
        settings(answered.datagrams());
        yield answered.head().isSuccess()
            ? granted(trial, answered, pathBytes)
            : refused(answered, pathBytes);
      }
    };
  }

  private void settings(boolean datagrams) {
    if (version == HttpVersion.HTTP_1_1) {
      return; // it has none
    }
    if (version == HttpVersion.HTTP_2) {
      tell("settings", State.OK, "Extended CONNECT", "tunnels of UDP are taken");
    } else if (datagrams) {
      tell(
          "settings",
          State.OK,
          "Extended CONNECT, datagrams",
          "tunnels of UDP are taken, and lost packets hold up nothing");
    } else {
      tell(
          "settings",
          State.WARN,
          "Extended CONNECT, no datagrams",
          "payloads go as capsules, in order: a lost packet holds up all behind it",
          Remedy.advice("switch on HTTP datagrams at the proxy (SETTINGS 0x33 and QUIC's own)"));
    }
  }

  private boolean granted(TunnelTrial trial, Answer.Answered answered, Optional<Integer> pathBytes)
      throws InterruptedException {
    Optional<String> obstacle = answered.head().capsuleObstacle();
    if (obstacle.isPresent()) {
      tell("tunnel", bad, obstacle.get(), "what the proxy grants is no tunnel", otherServer());
      return false;
    }
    tell(
        "tunnel",
        State.OK,
        "CONNECT-UDP to %s granted in %.1f ms".formatted(target, answered.tookNs() / NS_A_MS),
        "the proxy serves us");
    boolean through = !echoes || echo(trial);
    if (answered.datagrams()) {
      pathMtu(trial, pathBytes, echoes && through);
    }
    return through;
  }

  private boolean refused(Answer.Answered answered, Optional<Integer> pathBytes) {
    var refusal = new TunnelState.Refused(answered.head().status(), answered.head().proxyStatus());
    RefusalMeaning meaning = RefusalMeaning.of(refusal.status(), refusal.proxyStatus());
    if (meaning == RefusalMeaning.ABOUT_TARGET && !echoes) {
      tell(
          "tunnel",
          State.OK,
          refusal.reason(),
          "the proxy serves us, and refuses " + target + " as nobody has that address");
      pathBytes.ifPresent(
          bytes ->
              tell(
                  "path_mtu",
                  bytes >= INNER_QUIC_BYTES ? State.OK : State.WARN,
                  "packets of %d bytes reach the proxy".formatted(bytes),
                  "--echo HOST:PORT would show what goes through a tunnel"));
      return true;
    }
    Remedy remedy =
        switch (meaning) {
          case ABOUT_US -> Remedy.advice("give credentials that the proxy knows: --auth FILE");
          case ABOUT_TARGET ->
              Remedy.advice("allow the target at the proxy, or name another one with --echo");
          case OTHER -> remedy(refusal.status());
        };
    tell("tunnel", bad, refusal.reason(), "no UDP goes through", remedy);
    return false;
  }

  private static Remedy remedy(int status) {
    return switch (status) {
      case BAD_REQUEST, NOT_FOUND, NOT_ALLOWED, NOT_IMPLEMENTED -> otherServer();
      case UNAVAILABLE -> Remedy.advice("raise the limit that the proxy names, or try again later");
      default -> Remedy.advice("look into the proxy's own log");
    };
  }

  private static Remedy otherServer() {
    return Remedy.advice("give the proxy's URI template as --proxy, if it has one of its own");
  }

  private boolean echo(TunnelTrial trial) throws InterruptedException {
    Optional<Long> tookNs = trial.echo(ECHO_BYTES);
    if (tookNs.isPresent()) {
      tell(
          "echo",
          State.OK,
          "%s answers in %.1f ms".formatted(target, tookNs.get() / NS_A_MS),
          "UDP goes through the proxy and back");
    } else {
      tell(
          "echo",
          bad,
          "no echo comes back from " + target,
          "UDP is lost at the proxy or behind it, or nothing echoes there",
          Remedy.advice("try the echo without the proxy, then look at the proxy's counters"));
    }
    return tookNs.isPresent();
  }

  private void pathMtu(TunnelTrial trial, Optional<Integer> pathBytes, boolean byEcho)
      throws InterruptedException {
    int largest = trial.maxPayloadBytes();
    for (int look = 0; look < GROWTH_LOOKS && largest < INNER_QUIC_BYTES; look++) {
      TimeUnit.MILLISECONDS.sleep(GROWTH_LOOK_MS);
      largest = trial.maxPayloadBytes();
    }
    String reach = pathBytes.map(", packets of %d bytes reach the proxy"::formatted).orElse("");
    if (!byEcho) {
      judge(largest, "payloads of %d bytes fit".formatted(largest) + reach);
      return;
    }
    int back = trial.longestEcho(ECHO_BYTES, largest);
    String fact =
        back == largest
            ? "payloads of %d bytes go through and back".formatted(back)
            : "payloads of %d bytes go out, of %d come back".formatted(largest, back);
    judge(Math.min(back, largest), fact + reach);
  }

  private void judge(int payloadBytes, String fact) {
    if (payloadBytes < INNER_QUIC_BYTES) {
      tell(
          "path_mtu",
          State.WARN,
          fact,
          "QUIC cannot begin through the tunnel: its first packets have 1200 bytes",
          Remedy.advice(
              "let packets of 1350 bytes through between here and the proxy, and have it send such"));
    } else if (payloadBytes < COMMON_QUIC_BYTES) {
      tell(
          "path_mtu",
          State.OK,
          fact,
          "QUIC can begin through the tunnel; if its packets have 1350 bytes, as Chrome's, it needs"
              + " larger ones on the way there and back (Vexor's proxy probes up to packet_bytes)");
    } else {
      tell("path_mtu", State.OK, fact, "QUIC goes through the tunnel");
    }
  }

  private void tell(String topic, State state, String fact, String meaning, Remedy... remedies) {
    findings.accept(Finding.on(version.label(), topic, state, fact, meaning, remedies));
  }
}
