package org.vexor.netty;

import io.netty.channel.IoHandle;

/// A channel as its [PacketIoHandler] knows it: it is told [PacketIoEvent]s.
interface PacketHandle extends IoHandle {
  @Override
  void close();
}
