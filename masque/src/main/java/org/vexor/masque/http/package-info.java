/// What a request is to client and proxy, whichever HTTP version carries it.
///
/// ```
///   RequestHead, ResponseHead           header sections, checked for what MASQUE needs
///   RequestStream  ◀── sends            bytes of the body and, on HTTP/3, datagrams
///   StreamListener ◀── is told          the same of the other side
///        └ UdpFlow                      UDP payloads on a stream: QUIC DATAGRAM, or capsule where those cannot be had
/// ```
///
/// Invariants: everything happens on the stream's event loop; a payload is sent once, or dropped
/// and counted under one reason; one that does not fit a QUIC DATAGRAM never becomes a capsule;
/// bytes that are no capsules abort the stream. Entry type: [UdpFlow]. The HTTP versions implement
/// [RequestStream]: `org.vexor.masque.http3` and the transports of client and proxy.
@NullMarked
package org.vexor.masque.http;

import org.jspecify.annotations.NullMarked;
