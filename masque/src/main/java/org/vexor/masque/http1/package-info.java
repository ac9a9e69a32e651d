/// HTTP/1.1 for tunnels: one connection a tunnel, which is capsules once the Upgrade was granted
/// (RFC 9298 §3.2, §3.3), or plain bytes after CONNECT (RFC 9110 §9.3.6); what client and proxy
/// share.
///
/// ```
/// TCP ─ TLS ─ Netty's HTTP/1.1 codec ─ ClientHandler / ServerHandler      until the request is answered
/// TCP ─ TLS ──────────────────────────── Http1Stream ◀─▶ StreamListener   after that
/// ```
///
/// Invariants: nothing but the request is sent before the answer, and nothing that came before the
/// answer is taken for the tunnel's (no request can be smuggled in); a refused request ends its
/// connection. Entry type: [Http1Connection].
@NullMarked
package org.vexor.masque.http1;

import org.jspecify.annotations.NullMarked;
