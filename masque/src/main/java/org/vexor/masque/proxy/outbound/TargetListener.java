package org.vexor.masque.proxy.outbound;

import io.netty.buffer.ByteBuf;

/// Is told what a target does. On the event loop of whoever opened the socket.
public interface TargetListener {
  /// A datagram came; lent until this returns.
  void received(ByteBuf payload);

  /// All datagrams that came in together have been handed over: the time to flush.
  void batchRead();

  /// What was sent earlier did not arrive.
  ///
  /// @param errno ECONNREFUSED when no such port is open there
  void failed(int errno);
}
