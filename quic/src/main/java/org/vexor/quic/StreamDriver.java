package org.vexor.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamResetException;
import java.nio.ByteBuffer;

/// Turns what Netty says about a stream into calls of its [StreamReceiver].
final class StreamDriver extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(StreamDriver.class.getName());

  private final QuicStream stream;
  private final StreamReceiver receiver;
  private boolean ended;

  StreamDriver(QuicConnection connection, QuicStreamChannel channel, StreamReceivers receivers) {
    this.stream = new QuicStream(connection, channel);
    this.receiver = receivers.of(stream);
  }

  /// Who receives a stream, once the stream exists.
  interface StreamReceivers {
    StreamReceiver of(QuicStream stream);
  }

  QuicStream stream() {
    return stream;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      for (ByteBuffer part : bytes.nioBuffers()) {
        receiver.data(stream, part);
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean finished =
        event instanceof ChannelInputShutdownEvent
            || event instanceof ChannelInputShutdownReadComplete;
    if (finished && !ended) {
      ended = true;
      receiver.finished(stream);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      receiver.writable(stream);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    receiver.closed(stream);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof QuicStreamResetException reset) {
      if (!ended) {
        ended = true;
        receiver.reset(stream, reset.applicationProtocolCode());
      }
    } else {
      LOG.log(System.Logger.Level.DEBUG, () -> "write or read failed on " + stream, cause);
    }
  }
}
