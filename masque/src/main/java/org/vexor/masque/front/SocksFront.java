package org.vexor.masque.front;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.vexor.masque.client.MasqueClient;
import org.vexor.quic.DatagramTransport;

/// A SOCKS5 server (RFC 1928) whose CONNECT and UDP ASSOCIATE go through the proxy: TCP by CONNECT,
/// UDP by CONNECT-UDP, on the client's connection. Names are never looked up here. Any thread, but
/// [#close] from none of the event loops.
public final class SocksFront implements AutoCloseable {
  private final FrontCounters counters = new FrontCounters();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel server;

  /// Binds and serves from now on.
  ///
  /// @param loops of [io.netty.channel.nio.NioIoHandler], for TCP
  /// @param udp of the ports of UDP ASSOCIATE
  /// @param client not closed with the front
  /// @param login that clients need; empty lets everybody in who reaches the address
  /// @throws IllegalStateException when the address cannot be bound
  public static SocksFront start(
      EventLoopGroup loops,
      DatagramTransport udp,
      MasqueClient client,
      InetSocketAddress listen,
      FrontLimits limits,
      Optional<SocksLogin> login,
      FrontListener listener) {
    return new SocksFront(loops, udp, client, listen, limits, login, listener);
  }

  private SocksFront(
      EventLoopGroup loops,
      DatagramTransport udp,
      MasqueClient client,
      InetSocketAddress listen,
      FrontLimits limits,
      Optional<SocksLogin> login,
      FrontListener listener) {
    var services = new SocksServices(client, udp, limits, login, listener, counters);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Arrivals(services))
            .bind(listen)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException(
          listen + " cannot be bound: " + bound.cause().getMessage(), bound.cause());
    }
    server = bound.channel();
  }

  /// Where it listens, with the port that the system chose for 0.
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  public FrontCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    var _ = server.close().awaitUninterruptibly();
    var _ = connections.close().awaitUninterruptibly();
  }

  private final class Arrivals extends ChannelInitializer<Channel> {
    private final SocksServices services;

    private Arrivals(SocksServices services) {
      this.services = services;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (connections.size() >= services.limits().connections()) {
        counters.connectionsRefused.increment();
        var _ = channel.close();
        return;
      }
      counters.connectionsOpened.increment();
      channel.closeFuture().addListener(_ -> counters.connectionsClosed.increment());
      connections.add(channel);
      SocksConnection.begin(channel, services);
    }
  }
}
