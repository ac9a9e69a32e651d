package org.vexor.quic.tls;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Who the peer proved to be.
///
/// @param certificates its own first; empty for a client that showed none
public record PeerIdentity(List<X509Certificate> certificates) {
  public PeerIdentity {
    certificates = List.copyOf(certificates);
  }

  /// Of a handshake that is over; also right for a resumed session.
  static PeerIdentity of(SSLEngine engine) {
    try {
      return new PeerIdentity(
          Arrays.stream(engine.getSession().getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toList());
    } catch (SSLPeerUnverifiedException e) {
      return new PeerIdentity(List.of());
    }
  }

  /// The Ed25519 key of the peer's own certificate; empty when it showed none, or one of another
  /// kind.
  public Optional<Ed25519Key> ed25519() {
    return certificates.isEmpty() ? Optional.empty() : Ed25519Key.of(certificates.getFirst());
  }
}
