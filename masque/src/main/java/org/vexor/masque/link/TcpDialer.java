package org.vexor.masque.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http2.Http2Connection;
import org.vexor.masque.http2.Http2Options;
import org.vexor.quic.tls.TcpTlsContext;
import org.vexor.quic.tls.TlsOptions;

/// Dials by TLS on TCP, one address after the other; the proxy chooses between HTTP/2 and HTTP/1.1.
/// One that chooses HTTP/2 and offers no Extended CONNECT there is dialled again with HTTP/1.1
/// only.
public final class TcpDialer implements Dialer {
  private static final System.Logger LOG = System.getLogger(TcpDialer.class.getName());

  private final Destination destination;
  private final TcpTransport transport;
  private final TlsOptions tls;
  private final List<HttpVersion> versions;
  private final Duration timeout;
  private Optional<TcpTlsContext> preferred = Optional.empty();

  /// @param versions of HTTP/2 and HTTP/1.1, better ones first
  /// @param timeout of the connection, of the handshake, and of the proxy's SETTINGS, each
  public TcpDialer(
      Destination destination,
      TcpTransport transport,
      TlsOptions tls,
      List<HttpVersion> versions,
      Duration timeout) {
    this.destination = destination;
    this.transport = transport;
    this.tls = tls;
    this.versions = List.copyOf(versions);
    this.timeout = timeout;
  }

  /// The JDK takes long to make its first one, and where HTTP/3 gets through none is needed.
  private synchronized TcpTlsContext preferred() {
    TcpTlsContext made = preferred.orElseGet(() -> context(versions));
    preferred = Optional.of(made);
    return made;
  }

  private TcpTlsContext context(List<HttpVersion> wanted) {
    return TcpTlsContext.client(
        tls.withApplicationProtocols(wanted.stream().map(HttpVersion::alpn).toList()));
  }

  @Override
  public String name() {
    return String.join(" and ", versions.stream().map(HttpVersion::label).toList());
  }

  @Override
  public CompletionStage<ProxyLink> dial() {
    // Never on an event loop, as the first context takes long.
    return destination
        .resolve()
        .thenComposeAsync(
            addresses -> connect(preferred(), this::link, addresses, 0), Thread::startVirtualThread)
        .thenCompose(Function.identity());
  }

  /// A channel that HTTP/1.1 was agreed on for.
  private CompletionStage<Channel> connectHttp1(TcpTlsContext context) {
    return destination
        .resolve()
        .thenCompose(addresses -> connect(context, Function.identity(), addresses, 0));
  }

  /// @param ready makes something of a channel when its handshake is done, on its event loop and at
  ///   once, as what the proxy sends first may follow at the same moment
  private <T> CompletionStage<T> connect(
      TcpTlsContext context, Function<Channel, T> ready, List<InetAddress> addresses, int index) {
    CompletionStage<T> attempt = connect(context, ready, addresses.get(index));
    return index + 1 == addresses.size()
        ? attempt
        : attempt.exceptionallyCompose(_ -> connect(context, ready, addresses, index + 1));
  }

  private <T> CompletionStage<T> connect(
      TcpTlsContext context, Function<Channel, T> ready, InetAddress address) {
    var result = new CompletableFuture<T>();
    ChannelFuture connecting =
        new Bootstrap()
            .group(transport.loops())
            .channelFactory(transport.channels())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new Handshake<>(context, ready, result))
            .connect(new InetSocketAddress(address, destination.port()));
    connecting.addListener(
        (ChannelFuture done) -> {
          if (!done.isSuccess()) {
            result.completeExceptionally(
                new DialException(
                    DialException.Stage.CONNECTION, DialException.reason(done.cause())));
          }
        });
    return result;
  }

  private final class Handshake<T> extends ChannelInitializer<Channel> {
    private final TcpTlsContext context;
    private final Function<Channel, T> ready;
    private final CompletableFuture<T> result;

    private Handshake(
        TcpTlsContext context, Function<Channel, T> ready, CompletableFuture<T> result) {
      this.context = context;
      this.ready = ready;
      this.result = result;
    }

    @Override
    protected void initChannel(Channel channel) {
      SslHandler handler = context.connect(channel.alloc(), destination.host(), destination.port());
      handler.setHandshakeTimeoutMillis(timeout.toMillis());
      channel.pipeline().addLast(handler, new TlsFailures());
      handler.handshakeFuture().addListener((Future<Channel> done) -> finished(handler, done));
    }

    private void finished(SslHandler handler, Future<Channel> done) {
      if (!done.isSuccess()) {
        result.completeExceptionally(
            new DialException(DialException.Stage.HANDSHAKE, DialException.reason(done.cause())));
      } else if (context.verify(handler.engine()).isEmpty()) {
        result.completeExceptionally(
            new DialException(
                DialException.Stage.HANDSHAKE, "the proxy's key is not the pinned one"));
        var _ = done.getNow().close();
      } else {
        result.complete(ready.apply(done.getNow()));
      }
    }
  }

  /// What TLS fails with, in the handshake or after it, is told by the handshake's future or by the
  /// end of the connection.
  private static final class TlsFailures extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.log(System.Logger.Level.DEBUG, () -> "TLS to " + context.channel(), cause);
      var _ = context.close();
    }
  }

  /// On the channel's event loop.
  private CompletionStage<ProxyLink> link(Channel channel) {
    String chosen = channel.pipeline().get(SslHandler.class).applicationProtocol();
    if (HttpVersion.HTTP_2.alpn().equals(chosen)) {
      return http2(channel);
    }
    if (versions.contains(HttpVersion.HTTP_1_1)) {
      TcpTlsContext again = context(List.of(HttpVersion.HTTP_1_1));
      return CompletableFuture.completedStage(new Http1Link(channel, () -> connectHttp1(again)));
    }
    var _ = channel.close();
    return CompletableFuture.failedStage(
        new DialException(DialException.Stage.HANDSHAKE, "the proxy does not speak HTTP/2"));
  }

  private CompletionStage<ProxyLink> http2(Channel channel) {
    Http2Connection connection = Http2Connection.client(channel, Http2Options.CLIENT);
    var result = new CompletableFuture<ProxyLink>();
    var late =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (result.completeExceptionally(
                      new DialException(
                          DialException.Stage.SETTINGS,
                          "the proxy sent no SETTINGS within " + timeout))) {
                    connection.close();
                  }
                },
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
    var _ =
        connection
            .settings()
            .whenComplete(
                (peer, failure) -> {
                  late.cancel(false);
                  if (failure != null) {
                    result.completeExceptionally(
                        new DialException(
                            DialException.Stage.SETTINGS,
                            "the connection ended before the proxy's SETTINGS"));
                  } else if (peer.extendedConnect()) {
                    result.complete(new Http2Link(connection).watch());
                  } else {
                    connection.close();
                    withoutExtendedConnect(result);
                  }
                });
    return result;
  }

  private void withoutExtendedConnect(CompletableFuture<ProxyLink> result) {
    if (!versions.contains(HttpVersion.HTTP_1_1)) {
      result.completeExceptionally(
          new DialException(
              DialException.Stage.SETTINGS,
              "the proxy's HTTP/2 offers no Extended CONNECT (0x08)"));
      return;
    }
    TcpTlsContext older = context(List.of(HttpVersion.HTTP_1_1));
    var _ =
        connectHttp1(older)
            .whenComplete(
                (channel, failure) -> {
                  if (failure == null) {
                    result.complete(new Http1Link(channel, () -> connectHttp1(older)));
                  } else {
                    result.completeExceptionally(failure);
                  }
                });
  }
}
