package org.vexor.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Queue;
import org.vexor.quic.message.TurnListener;

/// Stands before the QUIC codec of a datagram channel and does, when the packets of a turn were
/// taken in, what can be done then. Before the codec answers: streams of messages are read and
/// written. After it: waiting datagrams are offered to connections whose congestion windows
/// acknowledgements have opened. Netty tells connections nothing of acknowledgements. Owned by the
/// channel's event loop.
final class ReceivePass extends ChannelInboundHandlerAdapter {
  private final Queue<DatagramSender> blocked = new ArrayDeque<>();

  /// QUIC did not take all that this sender has; it must not be in the queue yet.
  void retry(DatagramSender sender) {
    blocked.add(sender);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // The codec is the last handler of a datagram channel.
    TurnListener.tellAll(context.pipeline().last());
    context.fireChannelReadComplete();
    feed();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    feed();
  }

  private void feed() {
    for (int left = blocked.size(); left > 0; left--) {
      DatagramSender next = blocked.poll();
      if (next != null) {
        next.feedAgain();
      }
    }
  }
}
