package org.vexor.masque.client;

import java.util.List;
import org.vexor.masque.field.ProxyStatus;
import org.vexor.masque.http.HttpVersion;

/// How a tunnel stands.
public sealed interface TunnelState {
  /// It waits for a connection, or for the proxy's answer.
  record Opening() implements TunnelState {}

  /// Payloads go through.
  ///
  /// @param version of HTTP that carries it
  /// @param datagrams whether payloads go by QUIC DATAGRAM; by capsule otherwise
  /// @param proxyStatus what proxies said with their answer, such as the next hop
  record Open(HttpVersion version, boolean datagrams, List<ProxyStatus> proxyStatus)
      implements TunnelState {
    public Open {
      proxyStatus = List.copyOf(proxyStatus);
    }
  }

  /// It was lost, and is tried for again.
  record Lost(String reason) implements TunnelState {}

  /// The proxy refused it; it is tried for again, more and more rarely.
  ///
  /// @param status of the answer
  /// @param proxyStatus what proxies said with it
  record Refused(int status, List<ProxyStatus> proxyStatus) implements TunnelState {
    public Refused {
      proxyStatus = List.copyOf(proxyStatus);
    }

    /// The answer in words, with the reason that the proxy gave, if any.
    public String reason() {
      var words = new StringBuilder("the proxy answered ").append(status);
      for (ProxyStatus said : proxyStatus) {
        said.error().ifPresent(error -> words.append(", ").append(error));
        said.rcode().ifPresent(code -> words.append(' ').append(code));
        said.details().ifPresent(details -> words.append(" (").append(details).append(')'));
      }
      return words.toString();
    }
  }

  /// Its user closed it, or the client.
  record Closed() implements TunnelState {}
}
