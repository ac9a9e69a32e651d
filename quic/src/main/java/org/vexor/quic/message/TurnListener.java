package org.vexor.quic.message;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.AttributeKey;
import org.vexor.quic.quiche.ChannelCalls;

/// Is told, on its connection's event loop, that packets came for it in this turn, before answers
/// are made.
@FunctionalInterface
public interface TurnListener {
  /// Where a connection's channel keeps its listener.
  AttributeKey<TurnListener> KEY = AttributeKey.valueOf(TurnListener.class, "turn");

  void packetsCame();

  /// Tells the connections of a codec that packets came for since its last `channelReadComplete`.
  static void tellAll(ChannelHandler codec) {
    for (Object touched : ChannelCalls.touched(codec)) {
      TurnListener listener = ((QuicChannel) touched).attr(KEY).get();
      if (listener != null) {
        listener.packetsCame();
      }
    }
  }
}
