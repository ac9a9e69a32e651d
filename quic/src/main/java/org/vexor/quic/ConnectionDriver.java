package org.vexor.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import io.netty.handler.codec.quic.QuicPathEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamLimitChangedEvent;
import io.netty.handler.codec.quic.SslEarlyDataReadyEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.vexor.quic.tls.PeerIdentity;

/// First in the pipeline of each connection: keeps its accounts, checks its peer, and turns what
/// Netty says into calls of a [ConnectionHandler], or passes it on to Netty handlers.
final class ConnectionDriver extends ChannelInboundHandlerAdapter {
  /// RFC 9000 §20.1, and RFC 9001 §4.8 with the alert bad_certificate.
  static final int CONNECTION_REFUSED = 0x02;

  static final int BAD_CERTIFICATE = 0x12a;

  private static final int FIRST_TLS_CODE = 0x100;
  private static final int LAST_TLS_CODE = 0x1ff;
  private static final System.Logger LOG = System.getLogger(ConnectionDriver.class.getName());

  private final QuicConnection connection;
  private final Optional<ConnectionHandler> handler;
  private final Guard guard;
  private Optional<CloseReason> peerReason = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private boolean established;
  private boolean over;

  /// What the endpoint has to say about a connection.
  interface Guard {
    /// Who the peer is; empty when it is not the one wanted.
    Optional<PeerIdentity> verify(SSLEngine engine);

    /// Whether there is room for one more established connection.
    boolean establish();

    void over(CloseReason reason);
  }

  ConnectionDriver(QuicConnection connection, Optional<ConnectionHandler> handler, Guard guard) {
    this.connection = connection;
    this.handler = handler;
    this.guard = guard;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().closeFuture().addListener(_ -> over());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    SSLEngine engine = ((QuicChannel) context.channel()).sslEngine();
    Optional<PeerIdentity> peer = engine == null ? Optional.empty() : guard.verify(engine);
    if (peer.isEmpty()) {
      refuse(BAD_CERTIFICATE, "the peer's key is not the pinned one");
      return;
    }
    if (!guard.establish()) {
      refuse(CONNECTION_REFUSED, "too many connections");
      return;
    }
    established = true;
    connection.established(peer.get());
    handler.ifPresent(application -> application.opened(connection));
    connection.opened().complete(connection);
    context.fireChannelActive();
  }

  private void refuse(int code, String text) {
    connection.closeAs(false, code, new CloseReason(CloseReason.Kind.HANDSHAKE_FAILED, code, text));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf payload) {
      if (connection.deliver(payload)) {
        payload.release();
        return;
      }
    } else if (message instanceof QuicStreamChannel stream && handler.isPresent()) {
      stream.pipeline().addLast(new StreamDriver(connection, stream, handler.get()::streamOpened));
    }
    // Streams go to the end of the pipeline in any case: there Netty registers them.
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    connection.delivered();
    context.fireChannelReadComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    switch (event) {
      case QuicDatagramExtensionEvent datagrams ->
          connection.datagrams().enable(datagrams.maxLength());
      case QuicConnectionCloseEvent close -> peerReason = Optional.of(reason(close));
      case SslHandshakeCompletionEvent handshake when !handshake.isSuccess() ->
          failure = Optional.of(handshake.cause());
      case SslEarlyDataReadyEvent _ ->
          handler.ifPresent(application -> application.earlyDataReady(connection));
      case QuicStreamLimitChangedEvent _ ->
          handler.ifPresent(application -> application.streamCreditChanged(connection));
      case QuicConnection.PathChanged _, QuicPathEvent.PeerMigrated _ ->
          handler.ifPresent(application -> application.pathChanged(connection));
      default -> {
        // Of no interest here; handlers behind may think otherwise.
      }
    }
    context.fireUserEventTriggered(event);
    if (event instanceof QuicConnectionCloseEvent) {
      // QUIC would stay silent for three more timeouts (RFC 9000 §10.2.2) before it says that it
      // is over; packets that still come belong to nobody then, and are dropped.
      var _ = context.channel().close();
    }
  }

  private static CloseReason reason(QuicConnectionCloseEvent close) {
    int code = close.error();
    boolean tls = !close.isApplicationClose() && code >= FIRST_TLS_CODE && code <= LAST_TLS_CODE;
    CloseReason.Kind transport = tls ? CloseReason.Kind.PEER_TLS : CloseReason.Kind.PEER_TRANSPORT;
    return new CloseReason(
        close.isApplicationClose() ? CloseReason.Kind.PEER_APPLICATION : transport,
        code,
        text(close));
  }

  /// Netty 4.2.18 promises an empty reason where the peer gave none, and throws instead.
  private static String text(QuicConnectionCloseEvent close) {
    try {
      return new String(close.reason(), StandardCharsets.UTF_8);
    } catch (NullPointerException _) {
      return "";
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failure = Optional.of(cause);
    LOG.log(System.Logger.Level.DEBUG, () -> "error on " + connection, cause);
    if (handler.isEmpty()) {
      context.fireExceptionCaught(cause);
    }
  }

  /// The handshake of a client failed with this.
  void failed(Throwable cause) {
    failure = Optional.of(cause);
    over();
  }

  private void over() {
    if (over) {
      return;
    }
    over = true;
    CloseReason reason = closeReason();
    guard.over(reason);
    connection.over(reason);
    handler.ifPresent(application -> application.closed(connection, reason));
  }

  private CloseReason closeReason() {
    if (peerReason.isPresent()) {
      return peerReason.get();
    }
    if (connection.localReason().isPresent()) {
      return connection.localReason().get();
    }
    if (connection.channel().isTimedOut()) {
      return new CloseReason(
          established ? CloseReason.Kind.IDLE_TIMEOUT : CloseReason.Kind.HANDSHAKE_TIMEOUT, 0, "");
    }
    boolean slow = failure.filter(ConnectTimeoutException.class::isInstance).isPresent();
    String text = slow ? "no answer in time" : failure.map(Throwable::toString).orElse("");
    CloseReason.Kind kind =
        slow ? CloseReason.Kind.HANDSHAKE_TIMEOUT : CloseReason.Kind.HANDSHAKE_FAILED;
    return established
        ? new CloseReason(CloseReason.Kind.LOCAL, 0, text)
        : new CloseReason(kind, 0, text);
  }
}
