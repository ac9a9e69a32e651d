package org.vexor.masque.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import org.vexor.masque.http.HeaderSections;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseExpectation;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http.StreamListener;

/// Last on a request stream: turns what Netty says into calls of a [StreamListener].
abstract class StreamHandler extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(StreamHandler.class.getName());

  private final Http2Connection connection;
  private final Http2Stream stream;
  private boolean ended;

  private StreamHandler(Http2Connection connection, Http2StreamChannel channel) {
    this.connection = connection;
    this.stream = new Http2Stream(channel);
  }

  static StreamHandler server(
      Http2Connection connection, Http2StreamChannel channel, RequestHandler requests) {
    return new StreamHandler(connection, channel) {
      @Override
      void headers(Http2HeadersFrame frame) {
        stream().listener(requests.request(stream(), HeaderSections.request(frame.headers())));
      }

      @Override
      void endedUnheard(long code, String how) {
        // There was no request.
      }
    };
  }

  static StreamHandler client(
      Http2Connection connection,
      Http2StreamChannel channel,
      RequestHead head,
      ResponseHandler responses) {
    return new StreamHandler(connection, channel) {
      private final ResponseExpectation expectation = new ResponseExpectation(responses);

      @Override
      public void channelActive(ChannelHandlerContext context) throws Exception {
        super.channelActive(context);
        var _ =
            context.writeAndFlush(
                new DefaultHttp2HeadersFrame(HeaderSections.put(head, new DefaultHttp2Headers())));
      }

      @Override
      void headers(Http2HeadersFrame frame) {
        expectation
            .received(stream(), HeaderSections.response(frame.headers()))
            .ifPresent(stream()::listener);
      }

      @Override
      void endedUnheard(long code, String how) {
        expectation.ended(stream(), RequestFailure.Kind.STREAM, code, how);
      }
    };
  }

  final Http2Stream stream() {
    return stream;
  }

  /// A header section came, and nobody listens yet.
  abstract void headers(Http2HeadersFrame frame);

  /// The stream ended, and nobody listens yet.
  abstract void endedUnheard(long code, String how);

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    connection.streamOpened();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      switch (frame) {
        case Http2DataFrame data -> {
          stream.listener().ifPresent(listener -> listener.data(data.content()));
          if (data.isEndStream()) {
            inputOver();
          }
        }
        case Http2HeadersFrame headers -> {
          // A later section is trailers, which mean nothing to tunnels.
          if (stream.listener().isEmpty()) {
            headers(headers);
          }
          if (headers.isEndStream()) {
            inputOver();
          }
        }
        case Http2ResetFrame reset -> aborted(reset.errorCode());
        default -> {
          // Nothing that concerns tunnels.
        }
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private void inputOver() {
    if (!ended) {
      ended = true;
      stream
          .listener()
          .ifPresentOrElse(
              StreamListener::finished, () -> endedUnheard(0, "the stream ended without it"));
    }
  }

  private void aborted(long code) {
    if (!ended) {
      ended = true;
      stream
          .listener()
          .ifPresentOrElse(
              listener -> listener.aborted(code),
              () -> endedUnheard(code, "the stream was given up"));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    stream.listener().ifPresent(StreamListener::dataRead);
    context.fireChannelReadComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      aborted(reset.errorCode());
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
    LOG.log(System.Logger.Level.DEBUG, () -> "on stream " + context.channel(), cause);
    var _ = context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.streamClosed();
    stream
        .listener()
        .ifPresentOrElse(StreamListener::closed, () -> endedUnheard(0, "the connection is over"));
    context.fireChannelInactive();
  }
}
