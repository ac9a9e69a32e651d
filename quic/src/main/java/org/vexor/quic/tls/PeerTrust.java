package org.vexor.quic.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// Whom an endpoint takes a peer for, given the certificates it shows. In each case TLS has proved
/// that the peer holds the key of the first one.
public sealed interface PeerTrust {
  /// What the JVM trusts; a client also checks that the certificate names the server.
  record SystemAuthorities() implements PeerTrust {}

  /// These authorities and no others; a client also checks that the certificate names the server.
  record Authorities(List<X509Certificate> roots) implements PeerTrust {
    public Authorities {
      roots = List.copyOf(roots);
      if (roots.isEmpty()) {
        throw new IllegalArgumentException("no authority is trusted: name at least one");
      }
    }
  }

  /// Exactly this Ed25519 key. Issuer, names, dates and the certificate's own signature mean
  /// nothing.
  record PinnedKey(Ed25519Key key) implements PeerTrust {}

  /// Any Ed25519 key: who the peer is, is told by the connection. What a Solana server wants, and a
  /// client that does not know its server's identity.
  record AnyKey() implements PeerTrust {}

  /// The certificates of a PEM file as authorities.
  static PeerTrust authorities(Path file) {
    return new Authorities(PemFiles.certificates(file));
  }

  /// Whether keys are trusted instead of authorities.
  default boolean byKey() {
    return this instanceof PinnedKey || this instanceof AnyKey;
  }
}
