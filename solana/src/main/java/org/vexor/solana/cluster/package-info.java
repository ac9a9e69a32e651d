/// What tells one cluster from another, and who leads it when.
///
/// ```
/// genesis.bin --GenesisHash--> Hash --ShredVersion(+ hard forks)--> u16 in shreds and gossip
/// stakes | JSON of the CLI or RPC ----------------> LeaderSchedule --leader(slot)--> Pubkey
/// ```
///
/// Invariants: a schedule is immutable, covers one run of slots, and answers without allocation.
/// Entry types: [LeaderSchedule], [ShredVersion]. Draws come from `org.vexor.solana.random`; knows
/// nothing of signatures and of the network.
@NullMarked
package org.vexor.solana.cluster;

import org.jspecify.annotations.NullMarked;
