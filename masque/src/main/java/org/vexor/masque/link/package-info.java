/// Connections to one proxy, over whichever HTTP version gets there.
///
/// ```
///            ┌ Http3Dialer ─▶ Http3Link   at once
/// LinkRace ──┤                                               first to be usable wins; a better one that comes later is kept
///            └ TcpDialer ──▶ Http2Link, or Http1Link         after a delay, or when HTTP/3 has failed
/// ```
///
/// A link is usable when the proxy has said in its SETTINGS that it takes Extended CONNECT, or,
/// over HTTP/1.1, when TLS is up. Invariants: a dial ends in a link or in a reason, within its
/// time; a link that nobody wants is closed. Entry type: [LinkRace].
@NullMarked
package org.vexor.masque.link;

import org.jspecify.annotations.NullMarked;
