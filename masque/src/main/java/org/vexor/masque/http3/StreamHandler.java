package org.vexor.masque.http3;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicStreamResetException;
import org.vexor.masque.http.StreamListener;

/// Last on a request stream: turns what Netty says into calls of a [StreamListener].
abstract class StreamHandler extends Http3RequestStreamInboundHandler {
  private static final System.Logger LOG = System.getLogger(StreamHandler.class.getName());

  private final Http3Connection connection;
  private final Http3Stream stream;
  private boolean ended;

  StreamHandler(Http3Connection connection, Http3Stream stream) {
    this.connection = connection;
    this.stream = stream;
  }

  final Http3Stream stream() {
    return stream;
  }

  /// A header section came; trailers among them.
  abstract void headers(Http3HeadersFrame frame);

  /// The stream ended, and nobody listens yet.
  abstract void endedUnheard(long code, String how);

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    connection.streamOpened(stream);
  }

  @Override
  protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame frame) {
    headers(frame);
  }

  @Override
  protected void channelRead(ChannelHandlerContext context, Http3DataFrame frame) {
    try {
      stream.listener().ifPresent(listener -> listener.data(frame.content()));
    } finally {
      frame.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    stream.listener().ifPresent(StreamListener::dataRead);
    context.fireChannelReadComplete();
  }

  @Override
  protected void channelInputClosed(ChannelHandlerContext context) {
    inputOver();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    super.userEventTriggered(context, event);
    if (event instanceof ChannelInputShutdownReadComplete) {
      inputOver();
    }
  }

  private void inputOver() {
    if (!ended) {
      ended = true;
      stream.ended();
      stream
          .listener()
          .ifPresentOrElse(
              StreamListener::finished, () -> endedUnheard(0, "the stream ended without it"));
    }
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
    if (cause instanceof QuicStreamResetException reset) {
      if (!ended) {
        ended = true;
        stream.ended();
        long code = reset.applicationProtocolCode();
        stream
            .listener()
            .ifPresentOrElse(
                listener -> listener.aborted(code),
                () -> endedUnheard(code, "the stream was given up"));
      }
    } else {
      LOG.log(System.Logger.Level.DEBUG, () -> "on stream " + stream.id(), cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.streamClosed(stream);
    stream
        .listener()
        .ifPresentOrElse(StreamListener::closed, () -> endedUnheard(0, "the connection is over"));
    context.fireChannelInactive();
  }
}
