/// Which engine a program gets: the best that this machine and process allow, and the reasons
/// against the better ones.
///
/// ```
/// recvmmsg/sendmmsg (Linux) -> failed, with its reason -> DatagramChannel (everywhere)
/// ```
///
/// Invariant: something is always opened. Entry type: [PacketEngines].
@NullMarked
package org.vexor.packet.select;

import org.jspecify.annotations.NullMarked;
