package org.vexor.quic.tls;

import io.netty.handler.ssl.ClientAuth;

/// What a server does about its clients' certificates.
public enum ClientCertificate {
  /// Does not ask.
  IGNORED(ClientAuth.NONE),

  /// Asks, and serves those who have none as nobody in particular: a Solana node's way.
  REQUESTED(ClientAuth.OPTIONAL),

  /// Refuses those who have none. The client's own handshake succeeds first; it learns of the
  /// refusal by a close with TLS alert 116.
  REQUIRED(ClientAuth.REQUIRE);

  private final ClientAuth netty;

  ClientCertificate(ClientAuth netty) {
    this.netty = netty;
  }

  ClientAuth netty() {
    return netty;
  }
}
