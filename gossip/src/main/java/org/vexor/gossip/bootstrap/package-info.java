/// How a node learns what it must know before it can gossip: its own address as others see it, and
/// the shred version of the cluster.
///
/// ```
/// entrypoint:port (TCP) ──IpEchoClient──▶ EchoAnswer ┐
/// entrypoint:port (TCP) ──IpEchoClient──▶ EchoAnswer ┼─Bootstrap──▶ address, shred version; or why not
///                                                     │
/// contact file ──ContactFile──▶ values of the last run, to be checked like all others
/// ```
///
/// Invariants: entrypoints that answer must agree; nothing read from a peer or a file throws past
/// its parser; the server holds a bounded number of connections, each for a bounded time.
///
/// Entry types: [org.vexor.gossip.bootstrap.Bootstrap], [org.vexor.gossip.bootstrap.IpEchoServer],
/// [org.vexor.gossip.bootstrap.ContactFile]. The only package of gossip that uses TCP and files.
@NullMarked
package org.vexor.gossip.bootstrap;

import org.jspecify.annotations.NullMarked;
