package org.vexor.masque.proxy.request;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.proxy.access.AccessDecision;
import org.vexor.masque.proxy.limit.TunnelLedger;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.tls.PeerIdentity;

/// Decides on requests as far as their headers go. Any thread.
public final class Gatekeeper {
  /// What capsules forbid in front of them (RFC 9297 §3.2).
  private static final Set<String> CONTENT_FIELDS =
      Set.of("content-length", "content-type", "transfer-encoding");

  private final String proxy;
  private final TunnelLedger ledger;
  private volatile ProxySettings settings;
  private volatile boolean draining;

  /// @param proxy the name by which it speaks of itself, in `Via` too
  public Gatekeeper(String proxy, ProxySettings settings) {
    this.proxy = proxy;
    this.settings = settings;
    this.ledger = new TunnelLedger(settings.limits());
  }

  /// What came of a request.
  public sealed interface Decision {
    /// It may be tried.
    record Admitted(Wanted wanted) implements Decision {}

    /// It may not.
    record Refused(Refusal refusal) implements Decision {}
  }

  public String proxy() {
    return proxy;
  }

  public TunnelLedger ledger() {
    return ledger;
  }

  public ProxySettings settings() {
    return settings;
  }

  public void settings(ProxySettings changed) {
    settings = changed;
    ledger.limits(changed.limits());
  }

  /// From now on nothing is admitted.
  public void drain() {
    draining = true;
  }

  public boolean isDraining() {
    return draining;
  }

  /// Judges a request, and takes a place for one that is admitted.
  ///
  /// @param peer who the client proved to be in TLS
  public Decision judge(RequestHead head, InetSocketAddress client, PeerIdentity peer) {
    if (draining) {
      return refused(RefusalReason.DRAINING, "the proxy is about to stop");
    }
    if (!head.method().equals(RequestHead.CONNECT)) {
      return refused(RefusalReason.METHOD, "only CONNECT is served");
    }
    ProxySettings now = settings;
    AccessDecision access = now.access().judge(head.fields(), peer);
    return switch (access) {
      case AccessDecision.Missing _ ->
          refused(RefusalReason.CREDENTIALS_MISSING, "say who you are");
      case AccessDecision.Wrong _ -> refused(RefusalReason.CREDENTIALS_WRONG, "not known here");
      case AccessDecision.Granted granted -> judge(head, client, granted.name(), now);
    };
  }

  private Decision judge(
      RequestHead head, InetSocketAddress client, String name, ProxySettings now) {
    if (head.protocol().isPresent() && !head.isConnectUdp()) {
      return refused(RefusalReason.UNKNOWN_PROTOCOL, "only connect-udp is served");
    }
    if (head.fields().values("via").stream().anyMatch(this::names)) {
      return refused(RefusalReason.LOOP, "the request was here before");
    }
    Wanted.Transport transport = head.isConnectUdp() ? Wanted.Transport.UDP : Wanted.Transport.TCP;
    if (!now.transports().contains(transport)) {
      return refused(RefusalReason.NOT_OFFERED, transport + " tunnels are not offered");
    }
    if (CONTENT_FIELDS.stream().anyMatch(head.fields()::contains)) {
      return refused(RefusalReason.BAD_REQUEST, "a tunnel's request has no content");
    }
    UdpTarget.Parsed parsed =
        head.isConnectUdp() ? udpTarget(head, now.templates()) : tcpTarget(head.authority());
    return switch (parsed) {
      case UdpTarget.Parsed.Invalid invalid -> refused(RefusalReason.BAD_REQUEST, invalid.reason());
      case UdpTarget.Parsed.Valid valid ->
          switch (ledger.open(TunnelLedger.client(name, client.getAddress()))) {
            case TunnelLedger.Outcome.Full _ ->
                refused(RefusalReason.TOO_MANY_TUNNELS, "the proxy has no more room for tunnels");
            case TunnelLedger.Outcome.ClientFull _ ->
                refused(RefusalReason.TOO_MANY_TUNNELS_OF_CLIENT, "you have too many tunnels");
            case TunnelLedger.Outcome.Admitted admitted ->
                new Decision.Admitted(
                    new Wanted(transport, valid.target(), name, admitted.place()));
          };
    };
  }

  /// Whether a line of `Via` has this proxy's name: `protocol name, protocol name (comment)`.
  private boolean names(String via) {
    for (String hop : via.split(",", -1)) {
      String[] words = hop.strip().split("\\s+", -1);
      if (words.length > 1 && words[1].equalsIgnoreCase(proxy)) {
        return true;
      }
    }
    return false;
  }

  private static UdpTarget.Parsed udpTarget(RequestHead head, List<UriTemplate> templates) {
    if (head.scheme().isEmpty() || head.authority().isEmpty()) {
      return new UdpTarget.Parsed.Invalid(":scheme and :authority are needed");
    }
    for (UriTemplate template : templates) {
      Optional<Map<String, String>> values = template.match(head.path());
      if (values.isPresent()) {
        return UdpTarget.parse(
            values.get().getOrDefault(UriTemplate.TARGET_HOST, ""),
            values.get().getOrDefault(UriTemplate.TARGET_PORT, ""));
      }
    }
    return new UdpTarget.Parsed.Invalid("the path does not match the template");
  }

  private static UdpTarget.Parsed tcpTarget(String authority) {
    int colon = authority.lastIndexOf(':');
    if (colon < 1) {
      return new UdpTarget.Parsed.Invalid("the target is not HOST:PORT");
    }
    String host = authority.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (bracketed == (host.indexOf(':') < 0)) {
      return new UdpTarget.Parsed.Invalid("an IPv6 address, and only that, is in brackets");
    }
    return UdpTarget.parse(
        bracketed ? host.substring(1, host.length() - 1) : host, authority.substring(colon + 1));
  }

  private static Decision refused(RefusalReason reason, String details) {
    return new Decision.Refused(Refusal.of(reason, details));
  }
}
