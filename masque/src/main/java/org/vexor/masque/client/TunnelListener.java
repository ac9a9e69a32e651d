package org.vexor.masque.client;

import io.netty.buffer.ByteBuf;

/// Takes what comes out of a tunnel. Payloads come on the event loop of the link that carries it
/// now, states on that or on the control loop. It must not block.
public interface TunnelListener {
  /// A UDP payload; lent until this returns, may be empty.
  void payload(UdpTunnel tunnel, ByteBuf payload);

  /// All payloads that came in together have been handed over: the time to flush.
  default void payloadsRead(UdpTunnel tunnel) {}

  /// How the tunnel stands now.
  default void state(UdpTunnel tunnel, TunnelState state) {}

  /// [UdpTunnel#maxPayloadBytes] is another one now.
  default void maxPayloadChanged(UdpTunnel tunnel) {}
}
