/// [org.vexor.packet.PacketEngine] on `java.nio.channels.DatagramChannel`: runs wherever Java runs,
/// needs no privilege.
///
/// One system call and some garbage a datagram, so the last choice where speed counts. Entry type:
/// [ChannelEngine].
@NullMarked
package org.vexor.packet.channel;

import org.jspecify.annotations.NullMarked;
