/// What a running node tells wallets and SDKs by JSON-RPC, and does for them.
///
/// ```
/// sendTransaction ──▶ Landing ──▶ the leaders, by QUIC
/// getSignatureStatuses ──▶ StatusBook ◀── SeenBlocks ◀── blocks of our own turbine
///                             └─ asks the node behind: how far the cluster agreed, and errors
/// leaders, nodes ◀── schedule, gossip          all else ◀── the node behind (--rpc)
/// ```
///
/// Invariants: what is not known here is asked, never made up; a block alone makes a transaction
/// `processed` and no more; all tables are bounded. Entry type: [FrontSource].
@NullMarked
package org.vexor.node.front;

import org.jspecify.annotations.NullMarked;
