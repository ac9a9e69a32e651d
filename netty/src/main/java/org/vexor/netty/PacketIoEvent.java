package org.vexor.netty;

import io.netty.channel.IoEvent;

/// What the loop tells a channel.
enum PacketIoEvent implements IoEvent {
  /// The engine's turn is over: datagrams that were delivered in it are to be followed by
  /// `channelReadComplete`.
  TURN_OVER,
  /// Committed datagrams are to be offered to the system.
  FLUSH,
  /// A port that was full may have room.
  WRITABLE
}
