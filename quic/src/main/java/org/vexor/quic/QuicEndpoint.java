package org.vexor.quic;

import java.net.InetSocketAddress;
import java.util.List;

/// One or more UDP ports that speak QUIC: [QuicServer] accepts, [QuicClient] connects. Any thread.
public abstract sealed class QuicEndpoint implements AutoCloseable permits QuicServer, QuicClient {
  private final DatagramTransport transport;
  private final EndpointCounters counters = new EndpointCounters();

  QuicEndpoint(DatagramTransport transport) {
    this.transport = transport;
  }

  /// Its bound channels.
  abstract ChannelSet channels();

  /// Where each of its channels is bound; one address many times when they share a port.
  public final List<InetSocketAddress> localAddresses() {
    return channels().addresses();
  }

  /// What carries its datagrams.
  public final DatagramTransport transport() {
    return transport;
  }

  public final EndpointCounters counters() {
    return counters;
  }

  /// Ends all connections and gives the ports back; returns when that is done. Must not be called
  /// from one of its event loops.
  @Override
  public final void close() {
    channels().close();
  }
}
