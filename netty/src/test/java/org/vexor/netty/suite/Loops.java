package org.vexor.netty.suite;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.vexor.netty.PacketDatagramChannel;
import org.vexor.netty.PacketIoHandler;
import org.vexor.packet.PacketEngine;

/// Event loops for Netty's test-suite, on one host.
final class Loops implements AutoCloseable {
  private final EventLoopGroup group;
  private final UnaryOperator<SocketAddress> here;

  /// Two of them, so that server and client may be on different ones.
  Loops(Supplier<PacketEngine> engines) {
    this(2, new DefaultThreadFactory("packets", true), engines, UnaryOperator.identity());
  }

  /// @param here gives the host's own address for the one that a test asks for
  Loops(
      int count,
      ThreadFactory threads,
      Supplier<PacketEngine> engines,
      UnaryOperator<SocketAddress> here) {
    group = new MultiThreadIoEventLoopGroup(count, threads, PacketIoHandler.newFactory(engines));
    this.here = here;
  }

  Bootstrap bootstrap() {
    return new HostBootstrap().group(group).channel(PacketDatagramChannel.class);
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class HostBootstrap extends Bootstrap {
    @Override
    public ChannelFuture bind(SocketAddress address) {
      return super.bind(here.apply(address));
    }
  }
}
