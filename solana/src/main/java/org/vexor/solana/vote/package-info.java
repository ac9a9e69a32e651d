/// Votes of validators, as transactions carry them to leaders and through gossip.
///
/// ```
/// TowerSync -> VoteInstruction.serialize -> VoteTransactions.message -> Transaction.sign -> bytes
/// bytes -> TransactionView -> VoteTransactions.read -> VoteReading (Vote | NotAVote | Refused)
/// ```
///
/// Invariants: reading never throws because of what the bytes say; a vote read and serialized gives
/// the same bytes. Entry types: [TowerSync], [VoteTransactions]. Knows nothing of consensus:
/// whether a vote is wise, it cannot tell.
@NullMarked
package org.vexor.solana.vote;

import org.jspecify.annotations.NullMarked;
