/// Whom a server lets in: Retry tokens that prove an address, and limits on what strangers may
/// cost.
///
/// ```
/// first Initial ── token? ── no ─→ RetryTokens.mint → Retry, nothing remembered
///                    └ yes → genuine, of this address, in time, not used before?
///                              └ AdmissionControl: room in total and for this address?
///                                  └ Ticket: handshake → connection → given back
/// ```
///
/// Invariants:
///
/// - Nothing is kept about a peer that did not prove its address, when policy or load asks for a
///   proof.
/// - Each ticket is given back once, however the connection ends; so counts return to zero.
/// - A full table refuses; it never forgets what it needs to refuse.
/// - Tokens are compared in constant time.
///
/// Entry types: [ConnectionLimits] for users, [AdmissionGate] for the endpoint. A refused Initial
/// is dropped without an answer: Netty offers no way to send a CONNECTION_CLOSE without a
/// connection. Facts: RFC 9000 §8.1, §17.2.5.
@NullMarked
package org.vexor.quic.admission;

import org.jspecify.annotations.NullMarked;
