package org.vexor.quic;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.vexor.quic.tls.Ed25519Key;

/// Whom to connect to.
///
/// @param remote resolved address
/// @param serverName what the server's certificate must name, when authorities are trusted
/// @param pin the server's key, when keys are trusted and it is known
/// @param timeout for the handshake
/// @param application who speaks on the connection
public record ConnectRequest(
    InetSocketAddress remote,
    String serverName,
    Optional<Ed25519Key> pin,
    Duration timeout,
    Application application) {
  /// A time-out that survives two lost packets on a long path.
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  public ConnectRequest {
    if (remote.isUnresolved()) {
      throw new IllegalArgumentException(
          "host name " + remote.getHostString() + " is not resolved");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("connect time-out " + timeout + " is not positive");
    }
  }

  /// To a server of this name, known by its authorities.
  public static ConnectRequest named(
      InetSocketAddress remote, String serverName, Application application) {
    return new ConnectRequest(remote, serverName, Optional.empty(), DEFAULT_TIMEOUT, application);
  }

  /// To the server that holds this key.
  public static ConnectRequest pinned(
      InetSocketAddress remote, Ed25519Key key, Application application) {
    return new ConnectRequest(
        remote, remote.getHostString(), Optional.of(key), DEFAULT_TIMEOUT, application);
  }

  public ConnectRequest withTimeout(Duration newTimeout) {
    return new ConnectRequest(remote, serverName, pin, newTimeout, application);
  }

  public ConnectRequest withApplication(Application newApplication) {
    return new ConnectRequest(remote, serverName, pin, timeout, newApplication);
  }
}
