package org.vexor.quic.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.quic.BoringSSLContextOption;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/// The TLS state that the connections of one endpoint share: keys, trust, remembered sessions. Safe
/// for all threads. Its native memory goes with the object and the last connection.
public final class TlsContext {
  /// BoringSSL leaves Ed25519 out unless it is named. The rest is what public authorities sign
  /// with.
  private static final String[] SIGNATURE_ALGORITHMS = {
    "ed25519",
    "ecdsa_secp256r1_sha256",
    "ecdsa_secp384r1_sha384",
    "rsa_pss_rsae_sha256",
    "rsa_pss_rsae_sha384",
    "rsa_pss_rsae_sha512"
  };

  private static final String CHECK_HOST_NAME = "HTTPS";
  private static final int SESSION_CACHE_ENTRIES = 4_096;

  /// Digits of a key in the host name of a pinned connection: enough to tell keys apart, and within
  /// the 63 characters of a DNS label.
  private static final int KEY_LABEL_DIGITS = 32;

  private final QuicSslContext context;
  private final Optional<PeerKeyCheck> keys;

  private TlsContext(QuicSslContext context, Optional<PeerKeyCheck> keys) {
    this.context = context;
    this.keys = keys;
  }

  /// For connections that we open.
  ///
  /// @throws IllegalArgumentException when the options cannot be had
  public static TlsContext client(TlsOptions options) {
    Optional<PeerKeyCheck> keys = PeerKeyCheck.of(options.trust());
    QuicSslContextBuilder builder =
        QuicSslContextBuilder.forClient()
            .endpointIdentificationAlgorithm(keys.isPresent() ? "" : CHECK_HOST_NAME)
            .sessionCacheSize(options.resumption() ? SESSION_CACHE_ENTRIES : 0);
    options.identity().ifPresent(own -> builder.keyManager(new SingleIdentity(own), null));
    return build(builder, options, keys);
  }

  /// For connections that we accept.
  ///
  /// @throws IllegalArgumentException when the options cannot be had, or hold no identity
  public static TlsContext server(TlsOptions options) {
    TlsIdentity own =
        options
            .identity()
            .orElseThrow(
                () -> new IllegalArgumentException("a QUIC server needs a TLS identity: give one"));
    Optional<PeerKeyCheck> keys = PeerKeyCheck.of(options.trust());
    QuicSslContextBuilder builder =
        QuicSslContextBuilder.forServer(new SingleIdentity(own), null)
            .clientAuth(options.clientCertificate().netty());
    return build(builder, options, keys);
  }

  private static TlsContext build(
      QuicSslContextBuilder builder, TlsOptions options, Optional<PeerKeyCheck> keys) {
    switch (options.trust()) {
      case PeerTrust.SystemAuthorities _ -> builder.trustManager((TrustManagerFactory) null);
      case PeerTrust.Authorities named ->
          builder.trustManager(named.roots().toArray(X509Certificate[]::new));
      case PeerTrust.PinnedKey _, PeerTrust.AnyKey _ -> builder.trustManager(keys.orElseThrow());
    }
    options.keyLog().ifPresent(file -> builder.keylog(new KeyLogFile(file)));
    QuicSslContext context =
        builder
            .option(BoringSSLContextOption.SIGNATURE_ALGORITHMS, SIGNATURE_ALGORITHMS.clone())
            .applicationProtocols(options.applicationProtocols().toArray(String[]::new))
            .earlyData(options.earlyData())
            .build();
    return new TlsContext(context, keys);
  }

  /// The engine of a connection that a server accepts.
  public QuicSslEngine accept(ByteBufAllocator allocator) {
    return context.newEngine(allocator);
  }

  /// The engine of a connection to a server.
  ///
  /// @param host what the server's certificate must name, sent as SNI when it is a DNS name
  /// @param pin the only key to accept
  /// @throws IllegalArgumentException when a key is pinned though authorities are trusted
  public QuicSslEngine connect(
      ByteBufAllocator allocator, String host, int port, Optional<Ed25519Key> pin) {
    if (pin.isEmpty()) {
      return context.newEngine(allocator, host, port);
    }
    PeerKeyCheck manager =
        keys.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "key "
                        + pin.get()
                        + " cannot be pinned: this endpoint trusts authorities; give it PeerTrust.AnyKey"));
    QuicSslEngine engine = context.newEngine(allocator, sessionHost(pin.get()), port);
    manager.pin(engine, pin.get());
    return engine;
  }

  /// Sessions are remembered by host and port, and resuming one asks for no certificate. So the key
  /// is the host: another key never meets this key's session. Solana servers ignore SNI.
  private static String sessionHost(Ed25519Key pin) {
    return pin.toString().substring(0, KEY_LABEL_DIGITS) + ".sol";
  }

  /// Who the peer of a finished handshake is; empty when it is not the one that was pinned, which a
  /// resumed session would not have noticed.
  public Optional<PeerIdentity> verify(SSLEngine engine) {
    return PeerKeyCheck.verify(keys, engine);
  }
}
