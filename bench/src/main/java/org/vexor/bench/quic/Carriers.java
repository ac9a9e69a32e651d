package org.vexor.bench.quic;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.EpollQuicUtils;
import java.util.function.Supplier;
import org.vexor.netty.PacketIoHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.uring.UringEngine;
import org.vexor.quic.DatagramTransport;

/// The ways to carry datagrams that are compared, by name.
final class Carriers {
  /// Without both, Netty's epoll reads one datagram a system call.
  private static final int DATAGRAM_BYTES = 2_048;

  private static final int DATAGRAMS_A_CALL = 64;
  private static final EngineOptions FRAMES = EngineOptions.DEFAULT.withFrames(8_192, 4_096);

  private Carriers() {}

  /// A transport of its own event loop.
  ///
  /// @throws IllegalArgumentException when nothing is called so
  static DatagramTransport of(String name) {
    return switch (name) {
      case "nio" -> {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        yield DatagramTransport.of(name, loops, NioDatagramChannel::new);
      }
      case "epoll" -> epoll(name);
      case "epoll-gso" -> epoll(name).withSegments(EpollQuicUtils.newSegmentedAllocator(64));
      case "udp" -> ours(name, () -> new BatchEngine(FRAMES));
      case "uring" -> ours(name, () -> new UringEngine(FRAMES));
      default ->
          throw new IllegalArgumentException(
              "carrier '" + name + "' is none of nio, epoll, epoll-gso, udp, uring");
    };
  }

  private static DatagramTransport epoll(String name) {
    var loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    return DatagramTransport.of(name, loops, EpollDatagramChannel::new)
        .withOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
        .withOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(DATAGRAMS_A_CALL * DATAGRAM_BYTES));
  }

  private static DatagramTransport ours(String name, Supplier<PacketEngine> engines) {
    return DatagramTransport.ports(
        name, new MultiThreadIoEventLoopGroup(1, PacketIoHandler.newFactory(engines)));
  }
}
