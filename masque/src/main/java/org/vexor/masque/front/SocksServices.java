package org.vexor.masque.front;

import java.util.Optional;
import org.vexor.masque.client.MasqueClient;
import org.vexor.quic.DatagramTransport;

/// What the connections of a SOCKS front share.
///
/// @param udp of the ports of associations
/// @param login that clients need; empty when everybody may come
record SocksServices(
    MasqueClient client,
    DatagramTransport udp,
    FrontLimits limits,
    Optional<SocksLogin> login,
    FrontListener listener,
    FrontCounters counters) {}
