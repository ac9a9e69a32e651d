/// Asking a node by JSON-RPC over HTTP.
///
/// ```
/// ClusterRpc -> RpcClient -> HTTP -> a node      one typed method for each that Vexor asks
/// ```
///
/// Entry types: [ClusterRpc], and [RpcClient] for what has no type there. The only place of this
/// floor that does I/O; whoever needs one more method gives it its own name and type there.
@NullMarked
package org.vexor.solana.rpc;

import org.jspecify.annotations.NullMarked;
