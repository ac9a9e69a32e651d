package org.vexor.quic.cache;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.vexor.quic.tls.Ed25519Key;

/// Whom a cached connection leads to.
///
/// @param remote resolved address
/// @param key the only one to accept, where keys are trusted
public record Target(InetSocketAddress remote, Optional<Ed25519Key> key) {
  public static Target of(InetSocketAddress remote, Ed25519Key key) {
    return new Target(remote, Optional.of(key));
  }
}
