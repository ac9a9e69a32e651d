package org.vexor.quic;

import java.net.InetSocketAddress;
import java.util.List;

/// One or more UDP ports that speak QUIC: [QuicServer] accepts, [QuicClient] connects. Any thread.
public sealed interface QuicEndpoint extends AutoCloseable permits QuicServer, QuicClient {
  /// Where each of its channels is bound; one address many times when they share a port.
  List<InetSocketAddress> localAddresses();

  /// What carries its datagrams.
  DatagramTransport transport();

  EndpointCounters counters();

  /// Ends all connections and gives the ports back; returns when that is done. Must not be called
  /// from one of its event loops.
  @Override
  void close();
}
