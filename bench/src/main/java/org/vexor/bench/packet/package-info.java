/// Our packet engines in the place of the C peers of a packet laboratory: the same jobs, the same
/// lines of JSON.
///
/// ```
///  PacketPeer rx | tx | echo -> PeerOptions -> PeerEngine -> PacketEngine -> ReceiveJob, SendJob, EchoJob
///                                                                                 `-> PeerMeter -> a line a second, and a total
///  bench/packets -> runs of ours and of C in turn -> lines of results -> PacketReport -> Markdown
/// ```
///
/// A datagram begins with a number and the time it was sent at, 64 bits each, little endian. A
/// `ready` line says that packets may come, and SIGTERM or the end of its time that the total is to
/// be printed. What the JVM spends before `ready`, and what it counts there, is in no figure, but
/// in `ready_ms` and `first_ms`, which count from the start of the process.
///
/// Entry types: [PacketPeer] and [PacketReport]. May not be depended on by any other module.
@NullMarked
package org.vexor.bench.packet;

import org.jspecify.annotations.NullMarked;
