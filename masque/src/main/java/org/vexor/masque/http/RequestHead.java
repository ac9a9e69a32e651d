package org.vexor.masque.http;

import java.util.Optional;
import org.vexor.masque.field.CapsuleProtocol;

/// The header section of a request.
///
/// @param method such as `CONNECT` or `GET`; for a tunnel over HTTP/1.1 it is `GET` on the wire and
///   `CONNECT` here, as the Upgrade token is `protocol`
/// @param protocol `:protocol` of an Extended CONNECT (RFC 8441 §4), or the Upgrade token
/// @param scheme empty where none was sent
/// @param authority of the proxy; for plain CONNECT, of the target
/// @param path with its query; empty for plain CONNECT
/// @param fields the rest
public record RequestHead(
    String method,
    Optional<String> protocol,
    String scheme,
    String authority,
    String path,
    FieldLines fields) {
  /// `:protocol` of UDP tunnels (RFC 9298 §3).
  public static final String CONNECT_UDP = "connect-udp";

  /// The method of tunnels.
  public static final String CONNECT = "CONNECT";

  /// Asks for a UDP tunnel.
  ///
  /// @param extra credentials, and what else is to be sent along
  public static RequestHead connectUdp(String authority, String path, FieldLines extra) {
    return new RequestHead(
        CONNECT,
        Optional.of(CONNECT_UDP),
        "https",
        authority,
        path,
        extra.with(CapsuleProtocol.NAME, CapsuleProtocol.VALUE));
  }

  /// Asks for a TCP tunnel (RFC 9110 §9.3.6).
  ///
  /// @param target `HOST:PORT`
  public static RequestHead connectTcp(String target, FieldLines extra) {
    return new RequestHead(CONNECT, Optional.empty(), "", target, "", extra);
  }

  public boolean isConnectUdp() {
    return method.equals(CONNECT) && protocol.filter(CONNECT_UDP::equals).isPresent();
  }

  /// Whether it is a CONNECT without a protocol.
  public boolean isConnectTcp() {
    return method.equals(CONNECT) && protocol.isEmpty();
  }
}
