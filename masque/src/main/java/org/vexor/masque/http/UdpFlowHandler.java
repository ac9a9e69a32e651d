package org.vexor.masque.http;

import io.netty.buffer.ByteBuf;

/// Takes what comes out of a [UdpFlow], on the stream's event loop.
public interface UdpFlowHandler {
  /// A UDP payload; lent until this returns, may be empty.
  void payload(ByteBuf payload);

  /// All payloads that came in together have been handed over: the time to flush.
  default void payloadsRead() {}

  /// There is room again after a payload was lost to [FlowDrop#SEND_QUEUE_FULL]; only where
  /// capsules are used.
  default void writable() {}

  /// [UdpFlow#maxPayloadBytes] is another one now.
  default void maxPayloadChanged() {}

  /// The tunnel is over; the last call, made once.
  void ended(FlowEnd end);
}
