/// Signatures, checked in batches on a thread of their own.
///
/// ```
/// node's thread ──VerifyQueue.offer──▶ staked senders' │
///                                      others'         │──VerifierAgent──▶ done ──drain──▶ node's thread
///                                                          VerifyBatch: all signatures at once
/// ```
///
/// Invariants: queues are bounded and what does not fit is refused at once; staked senders'
/// messages are checked first; a value that was checked lately is not checked again. Each queue has
/// one writer and one reader. Entry types: [org.vexor.gossip.verify.VerifyQueue],
/// [org.vexor.gossip.verify.VerifierAgent].
@NullMarked
package org.vexor.gossip.verify;

import org.jspecify.annotations.NullMarked;
