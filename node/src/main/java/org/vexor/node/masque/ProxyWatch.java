package org.vexor.node.masque;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.vexor.masque.client.ClientStatus;
import org.vexor.masque.client.MasqueClient;
import org.vexor.masque.client.TunnelListener;
import org.vexor.masque.client.TunnelState;
import org.vexor.masque.client.UdpTunnel;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.node.masque.ProxyVerdict.Kind;

/// Verifies a proxy and goes on doing so: connection and SETTINGS (the client's affair), a tunnel,
/// and an echo through it where something echoes. One thread looks; any thread may ask.
///
/// Where nothing is known that echoes, the tunnel leads to an address that nobody has (RFC 5737):
/// that the proxy grants it, or refuses the address, shows that it serves us.
final class ProxyWatch implements TunnelListener {
  private static final long LOOK_MS = 50;

  /// Between two echoes while the first is waited for, and afterwards.
  private static final long EAGER_NS = 200_000_000L;

  private static final long CALM_NS = 2_000_000_000L;

  /// Without an answer for so long, what is behind the proxy is silent.
  private static final long SILENCE_NS = 3_000_000_000L;

  private final MasqueClient client;
  private final ScheduledExecutorService looks;
  private final Optional<UdpTarget> echo;
  private final Consumer<ProxyVerdict> onChange;
  private final UdpTunnel tunnel;
  private final AtomicLong answers = new AtomicLong();
  private volatile long answeredNs;
  private volatile long roundTripNs = -1;
  private volatile long expected;
  private volatile long sentNs;
  private volatile ProxyVerdict verdict = ProxyVerdict.UNKNOWN;
  private ProxyVerdict told = ProxyVerdict.UNKNOWN;
  private long openSinceNs;
  private boolean wasOpen;
  private volatile boolean watching;

  /// @param onChange told of each change that is worth a line, on the looking thread
  ProxyWatch(
      MasqueClient client,
      Optional<UdpTarget> echo,
      ScheduledExecutorService looks,
      Consumer<ProxyVerdict> onChange) {
    this.client = client;
    this.looks = looks;
    this.echo = echo;
    this.onChange = onChange;
    tunnel = client.open(echo.orElse(ProxyAccess.NOBODY), this);
    watching = true;
    var _ = looks.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  ProxyVerdict verdict() {
    return verdict;
  }

  /// Of the last echo; empty before the first.
  OptionalLong roundTripNs() {
    long now = roundTripNs;
    return now < 0 ? OptionalLong.empty() : OptionalLong.of(now);
  }

  /// Echoes that came back.
  long answers() {
    return answers.get();
  }

  @Override
  public void payload(UdpTunnel from, ByteBuf payload) {
    if (payload.readableBytes() == Long.BYTES
        && payload.getLong(payload.readerIndex()) == expected) {
      long nowNs = System.nanoTime();
      expected = 0;
      roundTripNs = nowNs - sentNs;
      answeredNs = nowNs;
      answers.incrementAndGet();
      lookWhileUnknown();
    }
  }

  @Override
  public void state(UdpTunnel of, TunnelState state) {
    lookWhileUnknown();
  }

  /// Until there is a verdict each step follows the one before at once.
  private void lookWhileUnknown() {
    if (watching && verdict.kind() == Kind.TRYING) {
      looks.execute(this::look);
    }
  }

  private void look() {
    long nowNs = System.nanoTime();
    ProxyVerdict now = judge(nowNs);
    verdict = now;
    if (now.kind() != Kind.TRYING && !now.isLike(told)) {
      told = now;
      onChange.accept(now);
    }
  }

  private ProxyVerdict judge(long nowNs) {
    ClientStatus status = client.status();
    TunnelState state = tunnel.state();
    boolean open = state instanceof TunnelState.Open;
    if (open && !wasOpen) {
      openSinceNs = nowNs;
      sentNs = nowNs - CALM_NS;
      answeredNs = nowNs - CALM_NS;
    }
    wasOpen = open;
    if (status.version().isEmpty()) {
      return status.phase() == ClientStatus.Phase.CONNECTING
          ? ProxyVerdict.UNKNOWN
          : new ProxyVerdict(Kind.UNREACHABLE, Optional.empty(), status.reason());
    }
    return switch (state) {
      case TunnelState.Open _ -> echo.isPresent() ? echoed(status, nowNs) : fine(status);
      case TunnelState.Refused refused -> refused(status, refused);
      case TunnelState.Opening _, TunnelState.Lost _, TunnelState.Closed _ ->
          verdict.isUsable() ? verdict : ProxyVerdict.UNKNOWN;
    };
  }

  private static ProxyVerdict fine(ClientStatus status) {
    boolean best = status.phase() == ClientStatus.Phase.READY;
    return new ProxyVerdict(best ? Kind.READY : Kind.DEGRADED, status.version(), status.reason());
  }

  private ProxyVerdict echoed(ClientStatus status, long nowNs) {
    boolean answered = answeredNs - openSinceNs > 0;
    if (nowNs - sentNs >= (answered && expected == 0 ? CALM_NS : EAGER_NS)) {
      ask(nowNs);
    }
    if (answered && nowNs - answeredNs < CALM_NS + SILENCE_NS) {
      return fine(status);
    }
    return nowNs - openSinceNs < SILENCE_NS
        ? verdict.isUsable() ? verdict : ProxyVerdict.UNKNOWN
        : new ProxyVerdict(
            Kind.SILENT, status.version(), "no echo comes back from " + tunnel.target());
  }

  private void ask(long nowNs) {
    sentNs = nowNs;
    expected = nowNs | 1; // never 0
    boolean _ = tunnel.send(Unpooled.directBuffer(Long.BYTES).writeLong(nowNs | 1));
  }

  /// A refusal of the address alone is as good as a tunnel, when the address is one that nobody
  /// has.
  private ProxyVerdict refused(ClientStatus status, TunnelState.Refused refused) {
    RefusalMeaning meaning = RefusalMeaning.of(refused.status(), refused.proxyStatus());
    if (meaning == RefusalMeaning.ABOUT_US) {
      return new ProxyVerdict(
          Kind.REFUSED, status.version(), "credentials are not accepted: " + refused.reason());
    }
    return echo.isEmpty() && meaning == RefusalMeaning.ABOUT_TARGET
        ? fine(status)
        : new ProxyVerdict(
            Kind.SILENT, status.version(), tunnel.target() + ": " + refused.reason());
  }

  void close() {
    tunnel.close();
  }
}
