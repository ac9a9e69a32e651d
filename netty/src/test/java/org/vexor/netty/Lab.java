package org.vexor.netty;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.memory.MemoryNetwork;

/// Event loops on a simulated network, and the channels that tests need on them.
final class Lab implements AutoCloseable {
  static final long PATIENCE_SECONDS = 10;
  static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withFrames(64, 16);

  private final EventLoopGroup group;

  Lab(int loops, Supplier<? extends PacketEngine> engines, IdleMode idleMode) {
    group =
        new MultiThreadIoEventLoopGroup(
            loops,
            new DefaultThreadFactory("packets", true),
            PacketIoHandler.newFactory(engines, idleMode));
  }

  /// Hosts of one simulated network.
  static Lab simulated(int loops) {
    var network = new MemoryNetwork(1);
    return new Lab(loops, () -> network.engine(OPTIONS), IdleMode.BLOCK);
  }

  EventLoopGroup group() {
    return group;
  }

  Bootstrap bootstrap(ChannelHandler handler) {
    return new Bootstrap().group(group).channel(PacketDatagramChannel.class).handler(handler);
  }

  /// A channel bound to a number of the system's choice on 127.0.0.1.
  PacketDatagramChannel bind(ChannelHandler handler) {
    return bind(bootstrap(handler));
  }

  static PacketDatagramChannel bind(Bootstrap bootstrap) {
    Channel channel = bootstrap.bind("127.0.0.1", 0).syncUninterruptibly().channel();
    return (PacketDatagramChannel) channel;
  }

  /// Where a bound channel is.
  static InetSocketAddress at(PacketDatagramChannel channel) {
    return Objects.requireNonNull(channel.localAddress(), "the channel is bound");
  }

  static DatagramPacket packet(int value, InetSocketAddress to) {
    return new DatagramPacket(bytes(value), to);
  }

  static ByteBuf bytes(int value) {
    return Unpooled.buffer(4).writeInt(value);
  }

  static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(
          System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS), "waited in vain");
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /// Keeps what comes, in order.
  @ChannelHandler.Sharable
  static final class Inbox extends ChannelInboundHandlerAdapter {
    final LinkedBlockingQueue<DatagramPacket> packets = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
    volatile int completed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      packets.add((DatagramPacket) message);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // One event loop writes.
    public void channelReadComplete(ChannelHandlerContext context) {
      completed++;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      errors.add(cause);
    }

    DatagramPacket take() {
      try {
        DatagramPacket packet = packets.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(packet != null, "no datagram came");
        return packet;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /// The number in the next datagram, which is released.
    int number() {
      DatagramPacket packet = take();
      int value = packet.content().readInt();
      assertTrue(packet.release(), "the test holds the only reference");
      return value;
    }
  }
}
