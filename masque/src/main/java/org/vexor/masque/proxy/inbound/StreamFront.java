package org.vexor.masque.proxy.inbound;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http1.Http1Connection;
import org.vexor.masque.http2.Http2Connection;
import org.vexor.masque.http2.Http2Options;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.tunnel.Client;
import org.vexor.quic.tls.PeerIdentity;
import org.vexor.quic.tls.TcpTlsContext;
import org.vexor.quic.tls.TlsOptions;

/// Accepts TCP connections on one address. Any thread.
public final class StreamFront implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StreamFront.class.getName());
  private static final int BACKLOG = 1_024;
  private static final int HANDSHAKE_MS = 5_000;

  /// What a slow client may leave unread before datagrams for it are dropped.
  private static final WriteBufferWaterMark WRITE_MARKS =
      new WriteBufferWaterMark(128 << 10, 512 << 10);

  private final ProxyLimits limits;
  private final TcpTlsContext tls;
  private final Function<Client, RequestHandler> requests;
  private final Channel server;
  private final Set<Http2Connection> http2 = ConcurrentHashMap.newKeySet();
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failedHandshakes = new LongAdder();
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();

  /// Binds the address.
  ///
  /// @param requests gives who answers the requests of a client
  /// @throws IllegalStateException when it cannot be bound
  public StreamFront(
      InetSocketAddress address,
      EventLoopGroup loops,
      TlsOptions options,
      ProxyLimits limits,
      Function<Client, RequestHandler> requests) {
    this.limits = limits;
    this.requests = requests;
    tls =
        TcpTlsContext.server(
            options.withApplicationProtocols(
                List.of(HttpVersion.HTTP_2.alpn(), HttpVersion.HTTP_1_1.alpn())));
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_MARKS)
            .childHandler(new Accepted())
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException(
          "TCP port " + address + " cannot be bound: " + bound.cause().getMessage(), bound.cause());
    }
    server = bound.channel();
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  private final class Accepted extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      InetAddress from = channel.remoteAddress().getAddress();
      if (!admit(from)) {
        refused.increment();
        var _ = channel.close();
        return;
      }
      open.add(channel);
      channel
          .closeFuture()
          .addListener(
              _ -> {
                open.remove(channel);
                giveBack(from);
              });
      SslHandler handshake = tls.accept(channel.alloc());
      handshake.setHandshakeTimeout(HANDSHAKE_MS, TimeUnit.MILLISECONDS);
      channel.pipeline().addLast(handshake, new Agreed(handshake));
    }
  }

  private boolean admit(InetAddress from) {
    synchronized (perAddress) {
      int own = perAddress.getOrDefault(from, 0);
      if (open.size() >= limits.connections() || own >= limits.connectionsPerAddress()) {
        return false;
      }
      perAddress.put(from, own + 1);
      return true;
    }
  }

  private void giveBack(InetAddress from) {
    synchronized (perAddress) {
      var _ = perAddress.computeIfPresent(from, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /// Waits for the handshake, then speaks what it agreed on.
  private final class Agreed extends ChannelInboundHandlerAdapter {
    private final SslHandler handshake;

    private Agreed(SslHandler handshake) {
      this.handshake = handshake;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done) {
        Optional<PeerIdentity> peer =
            done.isSuccess() ? tls.verify(handshake.engine()) : Optional.empty();
        if (peer.isPresent()) {
          serve(context.channel(), peer.get());
          var _ = context.pipeline().remove(this);
        } else {
          failedHandshakes.increment();
          var _ = context.close();
        }
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.log(System.Logger.Level.DEBUG, () -> "handshake of " + context.channel(), cause);
      var _ = context.close();
    }

    private void serve(Channel channel, PeerIdentity peer) {
      var address = (InetSocketAddress) channel.remoteAddress();
      RequestHandler handler = requests.apply(new Client(() -> address, () -> peer));
      if (HttpVersion.HTTP_2.alpn().equals(handshake.applicationProtocol())) {
        Http2Connection connection =
            Http2Connection.server(
                channel, Http2Options.SERVER.withStreams(limits.streamsPerConnection()), handler);
        http2.add(connection);
        channel.closeFuture().addListener(_ -> http2.remove(connection));
      } else {
        Http1Connection.server(channel, handler);
      }
    }
  }

  /// Connections that are open.
  public int connections() {
    return open.size();
  }

  /// Connections that were closed at once, as there were too many.
  public long refusedConnections() {
    return refused.sum();
  }

  /// Connections that came to no end of their handshake, or showed a certificate of no use.
  public long failedHandshakes() {
    return failedHandshakes.sum();
  }

  /// Says on each HTTP/2 connection that no further requests are worked on.
  public void refuseFurtherRequests() {
    http2.forEach(Http2Connection::refuseFurtherRequests);
  }

  /// Gives the port back and ends all connections.
  @Override
  public void close() {
    server.close().awaitUninterruptibly();
    open.forEach(
        channel -> {
          var _ = channel.close();
        });
  }
}
