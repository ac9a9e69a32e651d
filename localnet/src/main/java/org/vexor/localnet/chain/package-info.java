/// What the nodes of a localnet make of transactions and blocks, without any accounts.
///
/// ```
/// bytes from clients, votes -> Intake: a pool for each leader -> checked, once each -> the block
/// blocks that arrived  -> ChainView: which transaction is in which block, what is confirmed
/// blocks voted for     -> Tower: the lockouts of a vote (the rules of the vote program)
/// ```
///
/// Invariants: a transaction is in one block at most, and only while its blockhash is one of the
/// last 150; everything refused is counted under a reason; tables are bounded by those 150 blocks
/// and what follows. Entry types: [Intake], [ChainView]. Opens no ports, knows no clock.
@NullMarked
package org.vexor.localnet.chain;

import org.jspecify.annotations.NullMarked;
