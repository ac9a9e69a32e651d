package org.vexor.quic.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/// The same identities and trust as [TlsContext], for TLS on TCP: for protocols that have a form
/// without QUIC. The JDK's TLS, version 1.3 only, as QUIC's. Early data and key logs are QUIC's
/// alone. Safe for all threads.
public final class TcpTlsContext {
  private static final String TLS_1_3 = "TLSv1.3";
  private static final String CHECK_HOST_NAME = "HTTPS";

  private final SslContext context;
  private final Optional<PeerKeyCheck> keys;

  private TcpTlsContext(SslContext context, Optional<PeerKeyCheck> keys) {
    this.context = context;
    this.keys = keys;
  }

  /// For connections that we open.
  ///
  /// @throws IllegalArgumentException when the options cannot be had
  public static TcpTlsContext client(TlsOptions options) {
    Optional<PeerKeyCheck> keys = PeerKeyCheck.of(options.trust());
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .endpointIdentificationAlgorithm(keys.isPresent() ? null : CHECK_HOST_NAME);
    options.identity().ifPresent(own -> builder.keyManager(new SingleIdentity(own)));
    return build(builder, options, keys);
  }

  /// For connections that we accept.
  ///
  /// @throws IllegalArgumentException when the options cannot be had, or hold no identity
  public static TcpTlsContext server(TlsOptions options) {
    TlsIdentity own =
        options
            .identity()
            .orElseThrow(
                () -> new IllegalArgumentException("a TLS server needs a TLS identity: give one"));
    return build(
        SslContextBuilder.forServer(new SingleIdentity(own))
            .clientAuth(options.clientCertificate().netty()),
        options,
        PeerKeyCheck.of(options.trust()));
  }

  private static TcpTlsContext build(
      SslContextBuilder builder, TlsOptions options, Optional<PeerKeyCheck> keys) {
    switch (options.trust()) {
      case PeerTrust.SystemAuthorities _ -> builder.trustManager((TrustManagerFactory) null);
      case PeerTrust.Authorities named ->
          builder.trustManager(named.roots().toArray(X509Certificate[]::new));
      case PeerTrust.PinnedKey _, PeerTrust.AnyKey _ -> builder.trustManager(keys.orElseThrow());
    }
    try {
      SslContext context =
          builder
              .sslProvider(SslProvider.JDK)
              .protocols(TLS_1_3)
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      options.applicationProtocols()))
              .build();
      return new TcpTlsContext(context, keys);
    } catch (SSLException e) {
      throw new IllegalArgumentException("no TLS can be had with these options: " + e, e);
    }
  }

  /// First in the pipeline of a connection that a server accepts.
  public SslHandler accept(ByteBufAllocator allocator) {
    return context.newHandler(allocator);
  }

  /// First in the pipeline of a connection to a server.
  ///
  /// @param host what the server's certificate must name, sent as SNI when it is a DNS name
  public SslHandler connect(ByteBufAllocator allocator, String host, int port) {
    return context.newHandler(allocator, host, port);
  }

  /// Who the peer of a finished handshake is; empty when it is not the one that was pinned.
  public Optional<PeerIdentity> verify(SSLEngine engine) {
    return PeerKeyCheck.verify(keys, engine);
  }
}
