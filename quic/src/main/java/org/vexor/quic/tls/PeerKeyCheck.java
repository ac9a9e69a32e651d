package org.vexor.quic.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Believes Ed25519 keys instead of authorities. A connection may pin one key; the pins of engines
/// go with the engines.
///
/// It names no accepted issuers: a client that is told of some sends only a certificate of theirs.
final class PeerKeyCheck extends X509ExtendedTrustManager {
  private final Optional<Ed25519Key> defaultPin;
  private final Map<SSLEngine, Ed25519Key> pins = Collections.synchronizedMap(new WeakHashMap<>());

  PeerKeyCheck(PeerTrust trust) {
    this.defaultPin =
        trust instanceof PeerTrust.PinnedKey pinned ? Optional.of(pinned.key()) : Optional.empty();
  }

  /// What checks the peers of a context; empty where authorities are trusted instead.
  static Optional<PeerKeyCheck> of(PeerTrust trust) {
    return trust.byKey() ? Optional.of(new PeerKeyCheck(trust)) : Optional.empty();
  }

  /// Who the peer of a finished handshake is; empty when it is not the one that was pinned, which a
  /// resumed session would not have noticed.
  static Optional<PeerIdentity> verify(Optional<PeerKeyCheck> keys, SSLEngine engine) {
    PeerIdentity peer = PeerIdentity.of(engine);
    Optional<Ed25519Key> pin = keys.flatMap(manager -> manager.pinOf(engine));
    boolean nobody = !engine.getUseClientMode() && peer.certificates().isEmpty();
    boolean right = pin.isEmpty() || nobody || pin.equals(peer.ed25519());
    return right ? Optional.of(peer) : Optional.empty();
  }

  void pin(SSLEngine engine, Ed25519Key key) {
    pins.put(engine, key);
  }

  /// The key that the peer of this connection must have.
  Optional<Ed25519Key> pinOf(SSLEngine engine) {
    return Optional.ofNullable(pins.get(engine)).or(() -> defaultPin);
  }

  private static void check(X509Certificate[] chain, Optional<Ed25519Key> pin)
      throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("the peer shows no certificate");
    }
    Ed25519Key key =
        Ed25519Key.of(chain[0])
            .orElseThrow(() -> new CertificateException("the peer's key is not Ed25519"));
    if (pin.isPresent() && !pin.get().equals(key)) {
      throw new CertificateException("the peer's key is " + key + ", not " + pin.get());
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, pinOf(engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, defaultPin);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    check(chain, defaultPin);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    check(chain, defaultPin);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, defaultPin);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, defaultPin);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
