package org.vexor.netty;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Event in a channel's pipeline: a host answered that the port is closed which a datagram of this
/// channel went to. Anybody can forge such an answer; what it quotes shows whether its maker saw
/// the datagram.
///
/// @param to where it was sent
/// @param quoted the first bytes of its payload, as many as came back; not to be moved
public record UndeliveredDatagram(InetSocketAddress to, ByteBuffer quoted) {}
