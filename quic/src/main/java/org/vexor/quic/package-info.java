/// QUIC endpoints on any Netty datagram channel, and so on any port of Vexor.
///
/// ```
/// DatagramTransport (event loops, channels)
///   └ QuicServer / QuicClient     TlsOptions, EndpointOptions, ConnectionLimits
///       └ datagram channel        ReceivePass (packets of established connections straight to quiche),
///           │                     then Netty's QUIC codec (quiche) for all others
///           └ connection          ConnectionDriver → ConnectionHandler, or Netty handlers
///               ├ streams         StreamDriver → StreamReceiver
///               └ datagrams       DatagramSender: bounded, every drop counted
/// ```
///
/// An application is [Application.Callbacks] and need not know Netty, or [Application.Handlers],
/// which HTTP/3 is built of.
///
/// Invariants:
///
/// - A connection and its streams live on one event loop; every callback comes on it.
/// - No connection is handed out before the peer proved to be the one wanted; early data is the
///   exception that its callback is named after.
/// - A datagram counts as sent only when QUIC took it. Netty reports those that it throws away as
///   sent.
/// - Each connection that was started is counted once as ended, with how.
///
/// Entry types: [QuicServer], [QuicClient]. TLS: [org.vexor.quic.tls]; who is let in:
/// [org.vexor.quic.admission]; packets and datagrams past Netty's pipelines:
/// [org.vexor.quic.direct]; direct or by a tunnel: `org.vexor.quic.path`; connections kept for the
/// next use: `org.vexor.quic.cache`; peers that died: [org.vexor.quic.silence]. Packets leave
/// unpaced and without ECN, as Netty does neither. Facts: RFC 9000, 9001, 9221.
@NullMarked
package org.vexor.quic;

import org.jspecify.annotations.NullMarked;
