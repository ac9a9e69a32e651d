package org.vexor.quic;

import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicStreamChannel;

/// Sets up the pipeline of a stream that this side opens.
final class StreamOpener extends ChannelInitializer<QuicStreamChannel> {
  private final QuicConnection connection;
  private final StreamReceiver receiver;

  StreamOpener(QuicConnection connection, StreamReceiver receiver) {
    this.connection = connection;
    this.receiver = receiver;
  }

  @Override
  protected void initChannel(QuicStreamChannel channel) {
    channel.pipeline().addLast(new StreamDriver(connection, channel, _ -> receiver));
  }
}
