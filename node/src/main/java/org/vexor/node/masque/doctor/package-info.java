/// What `vexor doctor --proxy` finds out about a proxy: every step between this host and an echo
/// behind the proxy, over each HTTP version, with what mends the first step that fails.
///
/// ```
/// name ─▶ HTTP/3:    QuicReach (UDP, path MTU) ─▶ dial (handshake, SETTINGS) ─▶ TunnelTrial (tunnel, echo, largest payload)
///      ─▶ HTTP/2, 1.1:      TCP connection     ─▶ dial                       ─▶ TunnelTrial
///                                                         findings ─▶ ProxyDiagnosis ─▶ text, JSON
/// ```
///
/// The dials and tunnels are those of the client itself. Invariants: nothing is changed here or at
/// the proxy, and what is opened is closed; a step after one that failed is not reported; no secret
/// is in a finding. Entry type: [ProxyDoctor]. Knows nothing of how findings are printed.
@NullMarked
package org.vexor.node.masque.doctor;

import org.jspecify.annotations.NullMarked;
