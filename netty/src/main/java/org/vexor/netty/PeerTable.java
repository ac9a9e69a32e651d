package org.vexor.netty;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Endpoint;

/// The addresses of recent peers in both of their forms, so that a datagram from or to one of them
/// makes no objects. A table of fixed size: an address that falls on another's place replaces it.
/// Loop thread only.
final class PeerTable {
  /// More peers at a time than this cost an allocation now and then.
  private static final int PLACE_BITS = 12;

  private static final int PLACES = 1 << PLACE_BITS;

  private final @Nullable Peer[] byNumbers = new @Nullable Peer[PLACES];
  private final @Nullable Peer[] byAddress = new @Nullable Peer[PLACES];

  private record Peer(InetSocketAddress address, Endpoint endpoint) {
    boolean is(long high, long low, int port) {
      return endpoint.low() == low && endpoint.port() == port && endpoint.high() == high;
    }
  }

  /// The object for an address in the form of [Endpoint].
  InetSocketAddress address(long high, long low, int port) {
    int place = place(Long.hashCode(high * 31 + low) * 31 + port);
    Peer peer = byNumbers[place];
    if (peer == null || !peer.is(high, low, port)) {
      var endpoint = new Endpoint(high, low, port);
      peer = new Peer(endpoint.toSocketAddress(), endpoint);
      byNumbers[place] = peer;
    }
    return peer.address();
  }

  /// The numbers of a resolved address.
  Endpoint endpoint(InetSocketAddress address) {
    int place = place(address.hashCode());
    Peer peer = byAddress[place];
    if (peer == null || !peer.address().equals(address)) {
      peer = new Peer(address, Endpoint.of(address));
      byAddress[place] = peer;
    }
    return peer.endpoint();
  }

  private static int place(int hash) {
    // Fibonacci hashing: neighbouring addresses and ports fall on different places.
    return (hash * 0x9E3779B9) >>> (Integer.SIZE - PLACE_BITS);
  }
}
