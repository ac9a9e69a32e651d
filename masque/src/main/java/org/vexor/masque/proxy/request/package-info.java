/// What a proxy makes of a request before anything is opened for it.
///
/// ```
/// RequestHead ─▶ Gatekeeper ─▶ Wanted(UDP or TCP, target) and a place, or Refusal(reason)
/// Wanted ─▶ TargetFinder ─▶ the addresses that may be gone to, or Refusal
/// Refusal ─▶ status, Proxy-Status (RFC 9209)
/// ```
///
/// Invariants: every request ends in exactly one of both; every refusal has a reason that is
/// counted and told; nothing is opened, and no name is asked for, before the client is known and
/// has a place. Entry types: [Gatekeeper], [TargetFinder].
@NullMarked
package org.vexor.masque.proxy.request;

import org.jspecify.annotations.NullMarked;
