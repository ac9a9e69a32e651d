package org.vexor.quic.direct;

import io.netty.buffer.ByteBuf;

/// Takes the datagrams (RFC 9221) of one connection, on its event loop.
@FunctionalInterface
public interface DatagramSink {
  /// Takes one datagram.
  ///
  /// @param payload lent until this returns, to be copied by who needs it longer: the next datagram
  ///   is written over it
  void datagram(ByteBuf payload);

  /// All datagrams that came in together have been handed over.
  default void datagramsRead() {}
}
