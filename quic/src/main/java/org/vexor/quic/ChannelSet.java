package org.vexor.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The bound datagram channels of an endpoint.
final class ChannelSet {
  private final List<Channel> channels;

  private ChannelSet(List<Channel> channels) {
    this.channels = List.copyOf(channels);
  }

  /// Binds `count` channels, each on the next event loop. Channels after the first take the port
  /// that the first one got.
  ///
  /// @throws IllegalStateException when an address cannot be bound; nothing stays open then
  static ChannelSet bind(
      DatagramTransport transport,
      InetSocketAddress address,
      int count,
      boolean samePort,
      Supplier<ChannelHandler> handler) {
    var bound = new ArrayList<Channel>();
    InetSocketAddress next = address;
    for (int i = 0; i < count; i++) {
      ChannelFuture future = bootstrap(transport, handler.get()).bind(next).awaitUninterruptibly();
      if (!future.isSuccess()) {
        new ChannelSet(bound).close();
        throw new IllegalStateException(
            "QUIC endpoint cannot bind " + next + " over " + transport.name(), future.cause());
      }
      bound.add(future.channel());
      if (samePort) {
        next = (InetSocketAddress) future.channel().localAddress();
      }
    }
    return new ChannelSet(bound);
  }

  private static Bootstrap bootstrap(DatagramTransport transport, ChannelHandler handler) {
    var bootstrap =
        new Bootstrap()
            .group(transport.loops())
            .channelFactory(transport.channels())
            .handler(handler);
    for (Map.Entry<ChannelOption<?>, Object> option : transport.options().entrySet()) {
      @SuppressWarnings("unchecked") // options() pairs each option with a value of its type
      var key = (ChannelOption<Object>) option.getKey();
      bootstrap.option(key, option.getValue());
    }
    return bootstrap;
  }

  List<InetSocketAddress> addresses() {
    return channels.stream().map(each -> (InetSocketAddress) each.localAddress()).toList();
  }

  Channel get(int index) {
    return channels.get(Math.floorMod(index, channels.size()));
  }

  int size() {
    return channels.size();
  }

  void close() {
    List<ChannelFuture> closing = channels.stream().map(Channel::close).toList();
    closing.forEach(ChannelFuture::awaitUninterruptibly);
  }
}
