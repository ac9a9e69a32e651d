package org.vexor.masque.front;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Map;
import org.vexor.quic.DatagramTransport;

/// The UDP side of a front: bound where local programs send.
final class LocalPort {
  /// Payloads that may wait to be sent, in bytes: some hundred full ones.
  private static final WriteBufferWaterMark WAITING =
      new WriteBufferWaterMark(128 << 10, 512 << 10);

  private LocalPort() {}

  /// Binds; the future's channel is the port.
  static ChannelFuture bind(
      DatagramTransport transport, InetSocketAddress address, ChannelHandler handler) {
    var bootstrap =
        new Bootstrap()
            .group(transport.loops())
            .channelFactory(transport.channels())
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING)
            .handler(handler);
    for (Map.Entry<ChannelOption<?>, Object> option : transport.options().entrySet()) {
      set(bootstrap, option.getKey(), option.getValue());
    }
    return bootstrap.bind(address);
  }

  @SuppressWarnings("unchecked") // DatagramTransport.withOption pairs them
  private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
    bootstrap.option(option, (T) value);
  }

  /// A copy that may be kept: what was received is lent, or holds a frame of the engine.
  static ByteBuf copy(Channel channel, ByteBuf payload) {
    int length = payload.readableBytes();
    return channel
        .alloc()
        .directBuffer(Math.max(1, length))
        .writeBytes(payload, payload.readerIndex(), length);
  }

  /// Sends to a local program, without a flush, or drops where too much waits. Any thread.
  ///
  /// @param payload taken over
  static void send(Channel channel, ByteBuf payload, InetSocketAddress to, FrontCounters counters) {
    if (channel.isWritable()) {
      counters.payloadsIn.increment();
      var _ = channel.write(new DatagramPacket(payload, to));
    } else {
      payload.release();
      counters.droppedIn.increment();
    }
  }
}
