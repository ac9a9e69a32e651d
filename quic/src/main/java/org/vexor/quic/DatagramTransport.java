package org.vexor.quic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vexor.netty.PacketDatagramChannel;

/// What carries an endpoint's UDP datagrams: event loops and the datagram channels that go with
/// them. The caller owns the event loops and ends them after the endpoints.
///
/// @param name for people: `AF_XDP`, `nio`, `tunnel by proxy.example`
/// @param loops each runs the channels that are registered with it
/// @param channels makes datagram channels for those loops
/// @param options set on each channel before it is bound
/// @param segments how packets of one length to one peer become one message of a channel; `NONE`
///   where each packet is to be a message. Vexor's own engines join neighbours for the kernel by
///   themselves, and joining them here before that saves nothing
public record DatagramTransport(
    String name,
    EventLoopGroup loops,
    ChannelFactory<? extends Channel> channels,
    Map<ChannelOption<?>, Object> options,
    SegmentedDatagramPacketAllocator segments) {
  public DatagramTransport {
    options = Map.copyOf(options);
  }

  /// Without options, a message for each packet, as any datagram channel takes them.
  public static DatagramTransport of(
      String name, EventLoopGroup loops, ChannelFactory<? extends Channel> channels) {
    return new DatagramTransport(
        name, loops, channels, Map.of(), SegmentedDatagramPacketAllocator.NONE);
  }

  /// The ports of Vexor's own engines.
  ///
  /// @param loops of [org.vexor.netty.PacketIoHandler], an engine each
  public static DatagramTransport ports(String name, EventLoopGroup loops) {
    return of(name, loops, PacketDatagramChannel::new);
  }

  public <T> DatagramTransport withOption(ChannelOption<T> option, T value) {
    var more = new LinkedHashMap<>(options);
    more.put(option, value);
    return new DatagramTransport(name, loops, channels, more, segments);
  }

  /// For channels that hand a `SegmentedDatagramPacket` to the kernel as a whole, as Netty's epoll
  /// does.
  public DatagramTransport withSegments(SegmentedDatagramPacketAllocator allocator) {
    return new DatagramTransport(name, loops, channels, options, allocator);
  }
}
