package org.vexor.masque.http2;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;

/// HTTP/2 on one TLS connection, either side. On the connection's event loop, unless said
/// otherwise.
public final class Http2Connection {
  private static final System.Logger LOG = System.getLogger(Http2Connection.class.getName());

  /// What every connection's window is at first (RFC 9113 §6.9.2); only WINDOW_UPDATE enlarges it.
  private static final int INITIAL_CONNECTION_WINDOW_BYTES = 65_535;

  private static final ChannelHandler NO_PUSHED_STREAMS =
      new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {
          var _ = channel.close();
        }
      };

  private final Channel channel;
  private final CompletableFuture<PeerSettings> settings = new CompletableFuture<>();
  private final CompletableFuture<Integer> goAway = new CompletableFuture<>();
  private long streamsAllowed = Long.MAX_VALUE;
  private int openStreams;
  private volatile long lastReceivedNs = System.nanoTime();

  private Http2Connection(Channel channel) {
    this.channel = channel;
  }

  /// Sets up the client's side on a channel whose TLS handshake agreed on `h2`.
  public static Http2Connection client(Channel channel, Http2Options options) {
    Http2Settings own = settings(options).pushEnabled(false);
    return add(
        channel,
        Http2FrameCodecBuilder.forClient().initialSettings(own),
        NO_PUSHED_STREAMS,
        options);
  }

  /// Sets up the server's side on a channel whose TLS handshake agreed on `h2`.
  public static Http2Connection server(
      Channel channel, Http2Options options, RequestHandler requests) {
    Http2Settings own =
        settings(options)
            .connectProtocolEnabled(options.extendedConnect())
            .maxConcurrentStreams(options.streams());
    var connection = new Http2Connection(channel);
    var streams =
        new ChannelInitializer<Http2StreamChannel>() {
          @Override
          protected void initChannel(Http2StreamChannel stream) {
            stream.pipeline().addLast(StreamHandler.server(connection, stream, requests));
          }
        };
    connection.add(Http2FrameCodecBuilder.forServer().initialSettings(own), streams, options);
    return connection;
  }

  private static Http2Connection add(
      Channel channel, Http2FrameCodecBuilder codec, ChannelHandler streams, Http2Options options) {
    var connection = new Http2Connection(channel);
    connection.add(codec, streams, options);
    return connection;
  }

  private static Http2Settings settings(Http2Options options) {
    return new Http2Settings()
        .initialWindowSize(options.streamWindowBytes())
        .maxHeaderListSize(options.maxHeaderBytes());
  }

  private void add(Http2FrameCodecBuilder codec, ChannelHandler streams, Http2Options options) {
    channel.pipeline().addLast(codec.build(), new Http2MultiplexHandler(streams), new Frames());
    int more = options.connectionWindowBytes() - INITIAL_CONNECTION_WINDOW_BYTES;
    if (more > 0) {
      var _ = channel.write(new DefaultHttp2WindowUpdateFrame(more));
    }
    channel.flush();
  }

  /// Sends a request, once the peer's SETTINGS are there, which an Extended CONNECT has to wait
  /// for. Any thread.
  public void request(RequestHead head, ResponseHandler handler) {
    var _ =
        settings.whenCompleteAsync(
            (peer, failure) -> {
              if (failure != null || !channel.isActive()) {
                fail(handler, RequestFailure.Kind.CONNECTION, "the connection is over");
              } else if (head.protocol().isPresent() && !peer.extendedConnect()) {
                fail(
                    handler,
                    RequestFailure.Kind.UNSUPPORTED,
                    "the proxy's SETTINGS do not offer Extended CONNECT (0x08)");
              } else if (goAway.isDone()) {
                fail(handler, RequestFailure.Kind.CONNECTION, "the proxy takes no more requests");
              } else if (openStreams >= streamsAllowed) {
                fail(handler, RequestFailure.Kind.NO_STREAM, "the proxy allows no more streams");
              } else {
                open(head, handler);
              }
            },
            channel.eventLoop());
  }

  private static void fail(ResponseHandler handler, RequestFailure.Kind kind, String text) {
    handler.failed(new RequestFailure(kind, 0, text));
  }

  private void open(RequestHead head, ResponseHandler handler) {
    var opening =
        new ChannelInitializer<Http2StreamChannel>() {
          @Override
          protected void initChannel(Http2StreamChannel stream) {
            stream
                .pipeline()
                .addLast(StreamHandler.client(Http2Connection.this, stream, head, handler));
          }
        };
    new Http2StreamChannelBootstrap(channel)
        .handler(opening)
        .open()
        .addListener(
            (Future<Http2StreamChannel> future) -> {
              if (!future.isSuccess()) {
                fail(handler, RequestFailure.Kind.CONNECTION, String.valueOf(future.cause()));
              }
            });
  }

  /// The peer's first SETTINGS; fails when the connection ends before. Any thread.
  public CompletionStage<PeerSettings> settings() {
    return settings.minimalCompletionStage();
  }

  /// Done when the peer takes no more requests, with the last stream that it works on. Any thread.
  public CompletionStage<Integer> goAway() {
    return goAway.minimalCompletionStage();
  }

  /// Says that no further requests are worked on. Any thread.
  public void refuseFurtherRequests() {
    channel
        .eventLoop()
        .execute(
            () -> {
              var _ = channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
            });
  }

  /// Makes the peer answer. Any thread.
  public void ping() {
    channel
        .eventLoop()
        .execute(
            () -> {
              var _ = channel.writeAndFlush(new DefaultHttp2PingFrame(System.nanoTime()));
            });
  }

  /// When anything was received last, as `System.nanoTime`. Any thread.
  public long lastReceivedNs() {
    return lastReceivedNs;
  }

  /// The channel under it.
  public Channel channel() {
    return channel;
  }

  /// Request streams that are open.
  public int openStreams() {
    return openStreams;
  }

  void streamOpened() {
    openStreams++;
  }

  void streamClosed() {
    openStreams--;
  }

  /// Ends the connection. Any thread.
  public void close() {
    var _ = channel.close();
  }

  /// Last in the pipeline: what concerns the connection.
  private final class Frames extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      try {
        switch (frame) {
          case Http2SettingsFrame received -> {
            Long streams = received.settings().maxConcurrentStreams();
            if (streams != null) {
              streamsAllowed = streams;
            }
            settings.complete(PeerSettings.of(received.settings()));
          }
          case Http2GoAwayFrame received -> goAway.complete(received.lastStreamId());
          case Http2PingFrame _ -> {
            // Netty answers; an answer to ours is the sign of life that was asked for.
          }
          default -> {
            // Nothing that concerns tunnels.
          }
        }
      } finally {
        ReferenceCountUtil.release(frame);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      lastReceivedNs = System.nanoTime();
      context.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.log(System.Logger.Level.DEBUG, () -> "HTTP/2 connection " + channel, cause);
      var _ = context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      settings.completeExceptionally(
          new IllegalStateException("the connection ended before the peer's SETTINGS came"));
      context.fireChannelInactive();
    }
  }
}
