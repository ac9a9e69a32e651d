/// The side of a proxy that faces clients on TCP: TLS, then HTTP/2 or HTTP/1.1 as the handshake
/// agreed on (ALPN).
///
/// Invariants: as many connections as were said, in total and from one address, the others are
/// closed at once and counted; a handshake that takes too long, and an HTTP/1.1 connection without
/// a request, are given up. Entry type: [StreamFront].
@NullMarked
package org.vexor.masque.proxy.inbound;

import org.jspecify.annotations.NullMarked;
