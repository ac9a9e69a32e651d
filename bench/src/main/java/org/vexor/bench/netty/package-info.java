/// UDP echo through a Netty channel: the same handler on each of Netty's own transports and on
/// ours.
///
/// ```
///  EchoLoad ──datagrams, so many under way at a time──▶ EchoServer: Netty handler on a Transport
///     ▲  AF_XDP, a core of its own                          │  an event loop, a core of its own
///     └─────────────────────── echoes ──────────────────────┘
/// ```
///
/// [Transport] is what differs from one to the other. `bench/netty-echo` runs them in turn; the
/// server prints one JSON line. Entry types: [EchoServer], [EchoLoad]. May not be depended on but
/// by the other benchmarks.
@NullMarked
package org.vexor.bench.netty;

import org.jspecify.annotations.NullMarked;
