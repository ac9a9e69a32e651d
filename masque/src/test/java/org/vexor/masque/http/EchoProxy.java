package org.vexor.masque.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.http1.Http1Connection;
import org.vexor.masque.http2.Http2Connection;
import org.vexor.masque.http2.Http2Options;
import org.vexor.masque.http3.Http3Connection;
import org.vexor.masque.http3.Http3Options;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.QuicServer;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.tls.TcpTlsContext;
import org.vexor.quic.tls.TlsOptions;

/// A server of the HTTP versions that one names, all on one port number.
public final class EchoProxy implements AutoCloseable {
  private final MasqueLab lab;
  private final RequestHandler handler;
  private final Set<Channel> accepted = ConcurrentHashMap.newKeySet();
  private final List<Runnable> closers = new ArrayList<>();
  private int port;

  /// What it shows, and wants of its clients; to be set before it listens.
  public TlsOptions tls = MasqueLab.serverTls();

  public EchoProxy(MasqueLab lab, RequestHandler handler, int port) {
    this.lab = lab;
    this.handler = handler;
    this.port = port;
  }

  public int port() {
    return port;
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(MasqueLab.anyPort().getAddress(), port);
  }

  public EchoProxy http3(Http3Options options, int streams) {
    var bound = new AtomicReference<@Nullable QuicServer>();
    MasqueLab.await(
        () -> "the port " + port,
        () -> {
          bound.set(bind(options, streams));
          return bound.get() != null;
        });
    QuicServer server = Objects.requireNonNull(bound.get());
    port = server.localAddress().getPort();
    closers.add(server::close);
    return this;
  }

  /// Null while the port is taken: of a socket that was just closed, the JDK's selector lets go at
  /// the next turn of its loop.
  private @Nullable QuicServer bind(Http3Options options, int streams) {
    try {
      return QuicServer.bind(
          lab.transport,
          address(),
          1,
          tls,
          EndpointOptions.DEFAULT.withStreams(streams, 10),
          ConnectionLimits.DEFAULT,
          Http3Connection.server(options, _ -> handler));
    } catch (IllegalStateException _) {
      return null;
    }
  }

  public EchoProxy tcp(Http2Options options, HttpVersion... versions) {
    TcpTlsContext context =
        TcpTlsContext.server(
            tls.withApplicationProtocols(
                List.of(versions).stream().map(HttpVersion::alpn).toList()));
    Channel listening =
        new ServerBootstrap()
            .group(lab.loops())
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accepted.add(channel);
                    SslHandler ssl = context.accept(channel.alloc());
                    channel.pipeline().addLast(ssl);
                    ssl.handshakeFuture()
                        .addListener(
                            _ -> {
                              if ("h2".equals(ssl.applicationProtocol())) {
                                Http2Connection.server(channel, options, handler);
                              } else {
                                Http1Connection.server(channel, handler);
                              }
                            });
                  }
                })
            .bind(address())
            .syncUninterruptibly()
            .channel();
    port = ((InetSocketAddress) listening.localAddress()).getPort();
    closers.add(
        () -> {
          listening.close().syncUninterruptibly();
          for (Channel each : accepted) {
            var _ = each.close();
          }
        });
    return this;
  }

  @Override
  public void close() {
    closers.forEach(Runnable::run);
    closers.clear();
  }
}
