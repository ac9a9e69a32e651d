/// QUIC endpoints on any Netty datagram channel, and so on any port of Vexor.
///
/// TLS: [org.vexor.quic.tls].
@NullMarked
package org.vexor.quic;

import org.jspecify.annotations.NullMarked;
