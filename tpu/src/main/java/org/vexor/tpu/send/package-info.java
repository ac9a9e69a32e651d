/// Transactions to the doors of leaders.
///
/// ```
/// submit ─▶ refused, or accepted
///              └ a queue for each target ─▶ a stream each, as the leader's credit allows ─▶ acknowledged
///                      ▲                                                          └ lost, with the reason
///                      └── again, to whoever leads then, until it is told to have landed, or is too old
/// ```
///
/// Invariants: an accepted transaction ends exactly once, and every attempt of it does: accepted =
/// under way + each ending, queued = acknowledged + each loss + waiting. No queue and no table
/// grows without bound; what does not fit is refused or counted. A leader is believed only with the
/// identity's key, unless the policy says otherwise.
///
/// Entry type: [TransactionSender]. Who leads, it is told; what a block holds, too. Wire: one
/// client-initiated unidirectional QUIC stream a transaction, ended, without an answer (agave
/// streamer, tpu-client-next).
@NullMarked
package org.vexor.tpu.send;

import org.jspecify.annotations.NullMarked;
