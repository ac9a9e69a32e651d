package org.vexor.masque.proxy.tunnel;

import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.vexor.quic.tls.PeerIdentity;

/// Whose connection a request came by. Asked when a request is there: addresses change, and the
/// handshake may not be over when the connection is set up.
public record Client(Supplier<InetSocketAddress> address, Supplier<PeerIdentity> identity) {}
