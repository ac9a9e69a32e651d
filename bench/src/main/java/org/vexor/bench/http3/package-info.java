/// Ordinary Netty QUIC programs, an HTTP/3 download and a stream echo, on each of Netty's own
/// transports and on ours: the event loop group and the channel class differ, nothing else.
///
/// ```
///  Http3Peer server ── Transport ── veth ── Transport ── Http3Peer client
///    FileServer, StreamEcho                                 Fetch, EchoCheck: compare SHA-256
/// ```
///
/// Nothing here knows `org.vexor.quic`. `bench/http3` runs them in two namespaces; each end prints
/// one JSON line for each exchange. Entry type: [Http3Peer]. May not be depended on by anything.
@NullMarked
package org.vexor.bench.http3;

import org.jspecify.annotations.NullMarked;
