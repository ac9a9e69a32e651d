package org.vexor.masque.datagram;

import io.netty.buffer.ByteBuf;

/// Takes the datagrams of one request, on the connection's event loop.
public interface DatagramReceiver {
  /// What followed the quarter stream id; lent until this returns, may be empty.
  void datagram(ByteBuf httpDatagram);

  /// All datagrams that came in together have been handed over: the time to flush.
  default void datagramsRead() {}
}
