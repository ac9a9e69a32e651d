package org.vexor.bench.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.vexor.netty.PacketDatagramChannel;
import org.vexor.netty.PacketIoHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.uring.UringEngine;
import org.vexor.packet.xdp.XdpEngine;
import org.vexor.packet.xdp.XdpOptions;

/// The two lines in which a Netty program on one transport differs from the same on another, and
/// the options without which Netty's own are slower than they need be.
///
/// @param name as the command line has it
/// @param group of one event loop, which is the caller's
/// @param channel that goes with it
/// @param options of each channel
/// @param segments how a QUIC codec may join packets for it
public record Transport(
    String name,
    EventLoopGroup group,
    Class<? extends DatagramChannel> channel,
    Map<ChannelOption<?>, Object> options,
    SegmentedDatagramPacketAllocator segments) {
  /// Those of Netty and then ours.
  public static final String NAMES =
      "nio, epoll, epoll-gso, io_uring, ours-udp, ours-uring, ours-xdp";

  private static final int DATAGRAM_BYTES = 2_048;
  private static final int BATCH = 64;

  /// As many as the kernel takes in one message.
  private static final int SEGMENTS = 64;

  /// As our ports ask for by themselves.
  private static final int RECEIVE_BYTES = 4 << 20;

  private static final EngineOptions FRAMES = EngineOptions.DEFAULT.withFrames(8_192, 4_096);

  public Transport {
    options = Map.copyOf(options);
  }

  /// A transport with an event loop of its own.
  ///
  /// @param networkInterface of AF_XDP; the others do not look at it
  /// @throws IllegalArgumentException when nothing is called so
  public static Transport of(String name, String networkInterface) {
    return switch (name) {
      case "nio" -> netty(name, NioIoHandler.newFactory(), NioDatagramChannel.class);
      case "epoll" -> epoll(name, SegmentedDatagramPacketAllocator.NONE);
      case "epoll-gso" -> epoll(name, EpollQuicUtils.newSegmentedAllocator(SEGMENTS));
      case "io_uring" -> netty(name, IoUringIoHandler.newFactory(), IoUringDatagramChannel.class);
      case "ours-udp" -> ours(name, () -> new BatchEngine(FRAMES));
      case "ours-uring" -> ours(name, () -> new UringEngine(FRAMES));
      case "ours-xdp" ->
          ours(
              name,
              () ->
                  XdpEngine.open(XdpOptions.on(networkInterface), new UringEngine(FRAMES), FRAMES));
      default -> throw new IllegalArgumentException("transport '" + name + "' is none of " + NAMES);
    };
  }

  private static Transport netty(
      String name, IoHandlerFactory handlers, Class<? extends DatagramChannel> channel) {
    return new Transport(
        name,
        new MultiThreadIoEventLoopGroup(1, handlers),
        channel,
        Map.of(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(DATAGRAM_BYTES).maxMessagesPerRead(BATCH),
            ChannelOption.SO_RCVBUF,
            RECEIVE_BYTES),
        SegmentedDatagramPacketAllocator.NONE);
  }

  private static Transport epoll(String name, SegmentedDatagramPacketAllocator segments) {
    Transport plain = netty(name, EpollIoHandler.newFactory(), EpollDatagramChannel.class);
    var options = new HashMap<>(plain.options);
    // Without both, it reads one datagram a system call.
    options.put(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES);
    options.put(
        ChannelOption.RECVBUF_ALLOCATOR,
        new FixedRecvByteBufAllocator(BATCH * DATAGRAM_BYTES).maxMessagesPerRead(BATCH));
    return new Transport(name, plain.group, plain.channel, options, segments);
  }

  /// A bootstrap that has all of it.
  public Bootstrap bootstrap() {
    Bootstrap bootstrap = new Bootstrap().group(group).channel(channel);
    options.forEach((option, value) -> set(bootstrap, option, value));
    return bootstrap;
  }

  @SuppressWarnings("unchecked") // options pairs each option with a value of its type
  private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
    bootstrap.option(option, (T) value);
  }

  private static Transport ours(String name, Supplier<PacketEngine> engines) {
    return new Transport(
        name,
        new MultiThreadIoEventLoopGroup(1, PacketIoHandler.newFactory(engines)),
        PacketDatagramChannel.class,
        Map.of(),
        SegmentedDatagramPacketAllocator.NONE);
  }
}
