/// The client: UDP tunnels through one proxy that outlive its connections.
///
/// ```
///  UdpTunnel ─ send (any thread) ─▶ bounded queue ─▶ UdpFlow on its link's event loop ─▶ proxy
///      │ waits for a link, opens, is moved to a better one, opens again
///  LinkKeeper ─ LinkRace: HTTP/3, and behind it HTTP/2 or HTTP/1.1; more links when streams run out;
///               signs of life; back-off; back to HTTP/3 when UDP gets through again
/// ```
///
/// Decisions are made on one event loop, the control loop; payloads move on the event loops of the
/// links. Invariants: a payload is sent once or dropped under a named count; the order of a
/// tunnel's payloads is kept while it stays on a link; whatever the proxy does, the tunnel's user
/// sees a state and no exception. Entry type: [MasqueClient].
@NullMarked
package org.vexor.masque.client;

import org.jspecify.annotations.NullMarked;
