package org.vexor.masque.link;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.vexor.masque.http.HttpVersion;
import org.vexor.packet.Endpoint;
import org.vexor.quic.DatagramTransport;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.QuicClient;
import org.vexor.quic.tls.TlsOptions;

/// QUIC endpoints for HTTP/3, one for each family of addresses, bound when first needed. Any
/// thread.
public final class QuicEndpoints implements AutoCloseable {
  private final DatagramTransport transport;
  private final TlsOptions tls;
  private final EndpointOptions options;
  private Optional<QuicClient> ipv4 = Optional.empty();
  private Optional<QuicClient> ipv6 = Optional.empty();
  private boolean closed;

  /// @param transport the caller's, closed after this
  /// @param tls whose application protocol is set here
  public QuicEndpoints(DatagramTransport transport, TlsOptions tls, EndpointOptions options) {
    this.transport = transport;
    this.tls = tls.withApplicationProtocols(List.of(HttpVersion.HTTP_3.alpn()));
    this.options = options;
  }

  /// The one for addresses of this one's family. May block, as it may have to be bound.
  ///
  /// @throws IllegalStateException when none can be bound, or this was closed
  public synchronized QuicClient of(InetAddress address) {
    if (closed) {
      throw new IllegalStateException("the client was closed");
    }
    boolean four = address instanceof Inet4Address;
    Optional<QuicClient> there = four ? ipv4 : ipv6;
    QuicClient client = there.orElseGet(() -> bind(address));
    if (four) {
      ipv4 = Optional.of(client);
    } else {
      ipv6 = Optional.of(client);
    }
    return client;
  }

  private QuicClient bind(InetAddress address) {
    InetSocketAddress any = Endpoint.of(address, 0).anyLocal().toSocketAddress();
    return QuicClient.bind(transport, any, 1, tls, options);
  }

  /// Closes those that were bound.
  @Override
  public synchronized void close() {
    closed = true;
    ipv4.ifPresent(QuicClient::close);
    ipv6.ifPresent(QuicClient::close);
  }
}
