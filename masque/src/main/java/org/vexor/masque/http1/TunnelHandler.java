package org.vexor.masque.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.vexor.masque.http.StreamListener;

/// Last on a connection: HTTP/1.1 messages until the request is answered, and after that the bytes
/// of the tunnel.
abstract class TunnelHandler extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(TunnelHandler.class.getName());

  private final Http1Stream stream;
  private boolean ended;

  TunnelHandler(Http1Stream stream) {
    this.stream = stream;
  }

  /// A message, or a part of one; to be released.
  abstract void message(Object message);

  /// The connection ended, and nobody listens yet.
  abstract void endedUnheard();

  @Override
  public final void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      message(message);
      return;
    }
    if (stream.listener().isPresent()) {
      try {
        stream.listener().get().data(bytes);
      } finally {
        bytes.release();
      }
    } else {
      early(bytes);
    }
  }

  /// Bytes of the tunnel came before its listener was known; taken over.
  abstract void early(ByteBuf bytes);

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    stream.listener().ifPresent(StreamListener::dataRead);
    context.fireChannelReadComplete();
  }

  /// The peer's TLS said goodbye: what came was all. Without it, something may be missing.
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslCloseCompletionEvent close && close.isSuccess() && !ended) {
      ended = true;
      stream.received();
      stream.listener().ifPresentOrElse(StreamListener::finished, this::endedUnheard);
    } else if (event instanceof ChannelInputShutdownEvent && !ended) {
      var _ = context.close();
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      stream.listener().ifPresent(StreamListener::writable);
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.log(System.Logger.Level.DEBUG, () -> "on " + context.channel(), cause);
    var _ = context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stream.listener().ifPresentOrElse(StreamListener::closed, this::endedUnheard);
    context.fireChannelInactive();
  }
}
