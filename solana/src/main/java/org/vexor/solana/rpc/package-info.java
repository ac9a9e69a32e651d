/// Asking a node by JSON-RPC over HTTP.
///
/// Entry type: [RpcClient]. The only place of this floor that does I/O; whoever needs one more
/// method gives it its own name and type there.
@NullMarked
package org.vexor.solana.rpc;

import org.jspecify.annotations.NullMarked;
