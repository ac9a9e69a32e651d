/// Solana's JSON-RPC, as far as a node without a bank can answer it, and the WebSocket
/// subscriptions by which SDKs wait for a confirmation.
///
/// ```
/// POST /        -> RpcServer -> RpcDispatcher (single, batch) -> RpcMethods ---+
/// WebSocket /   -> RpcServer -> PubSub (signature, slot) -----------------+    v
///                                     ^------ RpcSource.onChange ------- RpcSource
///                                                    the localnet | a node with another's RPC behind it
/// ```
///
/// Invariants: bodies, batches, connections and subscriptions are bounded; what this node does not
/// know is answered as an error that says so, never made up. Methods and error codes:
/// solana.com/docs/rpc, agave rpc-client-api/src/custom_error.rs. Entry types: [RpcServer] and, for
/// who has something to tell, [RpcSource].
@NullMarked
package org.vexor.node.rpc;

import org.jspecify.annotations.NullMarked;
