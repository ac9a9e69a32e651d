package org.vexor.masque.http3;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http3.DefaultHttp3GoAwayFrame;
import io.netty.handler.codec.http3.DefaultHttp3SettingsFrame;
import io.netty.handler.codec.http3.DefaultHttp3UnknownFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3ServerConnectionHandler;
import io.netty.handler.codec.http3.Http3Settings;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vexor.masque.datagram.DatagramRegistry;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.quic.Application;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.silence.SilenceTimes;

/// HTTP/3 on one QUIC connection, either side. On the connection's event loop, unless said
/// otherwise.
public final class Http3Connection {
  /// H3_SETTINGS_ERROR (RFC 9114 §8.1).
  static final int SETTINGS_ERROR = 0x109;

  /// H3_DATAGRAM_ERROR (RFC 9297 §5.2).
  static final int DATAGRAM_ERROR = 0x33;

  private static final int NO_ERROR = 0x100;

  /// A frame type that means nothing and has to be skipped (RFC 9114 §7.2.8): on the control stream
  /// it touches no request, and QUIC has to acknowledge it. Netty offers no PING, and of the
  /// reserved types it writes those from 0x40 on.
  private static final long RESERVED_FRAME = 0x1f + 0x21;

  private final QuicConnection quic;
  private final Http3Options options;
  private final DatagramRegistry registry;
  private final CompletableFuture<PeerSettings> settings = new CompletableFuture<>();
  private final CompletableFuture<Long> goAway = new CompletableFuture<>();
  private final LongObjectMap<Http3Stream> streams = new LongObjectHashMap<>();
  private final DoneStreams done;
  private boolean datagramsAgreed;
  private long nextRequestId;

  private Http3Connection(QuicConnection quic, Http3Options options) {
    this.quic = quic;
    this.options = options;
    this.done = new DoneStreams(quic);
    this.registry = new DatagramRegistry(options.early(), System::nanoTime);
  }

  private static Http3Connection of(QuicConnection quic, Http3Options options) {
    var connection = new Http3Connection(quic, options);
    var _ = quic.closed().thenAccept(_ -> connection.closed());
    return connection;
  }

  /// The client's side of connections: for [org.vexor.quic.ConnectRequest].
  ///
  /// @param opened is given each connection before its handshake
  public static Application client(Http3Options options, Consumer<Http3Connection> opened) {
    return new Application.Handlers(
        (quic, channel) -> {
          Http3Connection connection = of(quic, options);
          channel
              .pipeline()
              .addLast(
                  new Http3ClientConnectionHandler(
                      new ControlStreamHandler(connection),
                      null,
                      null,
                      connection.ownSettings(),
                      true),
                  connection.datagramHandler());
          opened.accept(connection);
        });
  }

  /// The server's side of connections: for [org.vexor.quic.QuicServer].
  ///
  /// @param requests gives, for each connection before its handshake, who answers its requests
  public static Application server(
      Http3Options options, Function<Http3Connection, RequestHandler> requests) {
    return new Application.Handlers(
        (quic, channel) -> {
          Http3Connection connection = of(quic, options);
          RequestHandler handler = requests.apply(connection);
          channel
              .pipeline()
              .addLast(
                  new Http3ServerConnectionHandler(
                      connection.requestStreams(handler),
                      new ControlStreamHandler(connection),
                      null,
                      connection.ownSettings(),
                      true),
                  connection.datagramHandler());
        });
  }

  private DatagramHandler datagramHandler() {
    var handler = new DatagramHandler(this, registry);
    quic.onDatagrams(handler);
    return handler;
  }

  private DefaultHttp3SettingsFrame ownSettings() {
    return new DefaultHttp3SettingsFrame(
        new Http3Settings()
            .qpackMaxTableCapacity(0)
            .qpackBlockedStreams(0)
            .maxFieldSectionSize(options.maxHeaderBytes())
            .enableConnectProtocol(options.extendedConnect())
            .enableH3Datagram(options.datagrams()));
  }

  private ChannelHandler requestStreams(RequestHandler handler) {
    return new ChannelInitializer<QuicStreamChannel>() {
      @Override
      protected void initChannel(QuicStreamChannel channel) {
        nextRequestId = Math.max(nextRequestId, channel.streamId() + 4);
        var stream = new Http3Stream(Http3Connection.this, channel);
        channel.pipeline().addLast(new ServerStreamHandler(Http3Connection.this, stream, handler));
      }
    };
  }

  /// Sends a request, once the peer's SETTINGS are there, which an Extended CONNECT has to wait
  /// for. Any thread.
  public void request(RequestHead head, ResponseHandler handler) {
    var _ =
        settings.whenCompleteAsync(
            (peer, failure) -> {
              if (failure != null || !quic.isOpen()) {
                fail(handler, RequestFailure.Kind.CONNECTION, "the connection is over");
              } else if (head.protocol().isPresent() && !peer.extendedConnect()) {
                fail(
                    handler,
                    RequestFailure.Kind.UNSUPPORTED,
                    "the proxy's SETTINGS do not offer Extended CONNECT (0x08)");
              } else if (goAway.isDone()) {
                fail(handler, RequestFailure.Kind.CONNECTION, "the proxy takes no more requests");
              } else {
                open(head, handler);
              }
            },
            quic.channel().eventLoop());
  }

  private static void fail(ResponseHandler handler, RequestFailure.Kind kind, String text) {
    handler.failed(new RequestFailure(kind, 0, text));
  }

  private void open(RequestHead head, ResponseHandler handler) {
    var opening =
        new ChannelInitializer<QuicStreamChannel>() {
          @Override
          protected void initChannel(QuicStreamChannel channel) {
            var stream = new Http3Stream(Http3Connection.this, channel);
            channel
                .pipeline()
                .addLast(new ClientStreamHandler(Http3Connection.this, stream, head, handler));
          }
        };
    Http3.newRequestStream(quic.channel(), opening)
        .addListener(
            (Future<QuicStreamChannel> future) -> {
              if (!future.isSuccess()) {
                boolean open = quic.isOpen();
                fail(
                    handler,
                    open ? RequestFailure.Kind.NO_STREAM : RequestFailure.Kind.CONNECTION,
                    open ? "the proxy allows no more streams" : "the connection is over");
              }
            });
  }

  void settingsReceived(PeerSettings peer) {
    datagramsAgreed = options.datagrams() && peer.datagrams();
    settings.complete(peer);
  }

  void goAwayReceived(long id) {
    goAway.complete(id);
  }

  /// The peer's SETTINGS; fails when the connection ends before. Any thread.
  public CompletionStage<PeerSettings> settings() {
    return settings.minimalCompletionStage();
  }

  /// Done when the peer takes no more requests: with the id of the first stream that it did not
  /// work on. Any thread.
  public CompletionStage<Long> goAway() {
    return goAway.minimalCompletionStage();
  }

  /// Server: says that no further requests are worked on (GOAWAY, RFC 9114 §5.2). Any thread.
  public void refuseFurtherRequests() {
    quic.channel()
        .eventLoop()
        .execute(
            () -> {
              QuicStreamChannel control = Http3.getLocalControlStream(quic.channel());
              if (control != null) {
                control
                    .writeAndFlush(new DefaultHttp3GoAwayFrame(nextRequestId))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
              }
            });
  }

  /// Makes the peer's QUIC acknowledge something. Any thread.
  public void ping() {
    boolean _ =
        quic.execute(
            () -> {
              QuicStreamChannel control = Http3.getLocalControlStream(quic.channel());
              if (control != null && control.isActive()) {
                var _ =
                    control.writeAndFlush(
                        new DefaultHttp3UnknownFrame(RESERVED_FRAME, Unpooled.EMPTY_BUFFER));
              }
            });
  }

  /// Watches over the peer from when its SETTINGS came, as [QuicConnection#watchSilence] does. Any
  /// thread.
  public void watchSilence(SilenceTimes times) {
    var _ = settings.thenAccept(_ -> quic.watchSilence(times, this::ping));
  }

  /// Whether QUIC DATAGRAMs can be sent: in both sides' SETTINGS, and taken by the peer's QUIC.
  public boolean hasDatagrams() {
    return datagramsAgreed && quic.maxDatagramBytes() > 0;
  }

  /// The connection under it.
  public QuicConnection quic() {
    return quic;
  }

  /// Where its datagrams go; the counts may be read by any thread.
  public DatagramRegistry registry() {
    return registry;
  }

  /// Ends the connection in good order. Any thread.
  public void close() {
    quic.close(NO_ERROR, "");
  }

  void streamOpened(Http3Stream stream) {
    streams.put(stream.id(), stream);
    done.look();
  }

  void streamClosed(Http3Stream stream) {
    streams.remove(stream.id());
    registry.finish(stream.quarterId());
  }

  DoneStreams done() {
    return done;
  }

  /// Request streams that are open.
  public int openStreams() {
    return streams.size();
  }

  void maxDatagramChanged() {
    for (Http3Stream stream : List.copyOf(streams.values())) {
      stream.maxDatagramChanged();
    }
  }

  private void closed() {
    settings.completeExceptionally(
        new IllegalStateException("the connection ended before the peer's SETTINGS came"));
    registry.close();
  }
}
