package org.vexor.masque.proxy.outbound;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.vexor.packet.Endpoint;

/// Connects to TCP targets. Any thread.
public final class TcpDialer {
  private final EventLoopGroup loops;

  /// @param loops of NIO
  public TcpDialer(EventLoopGroup loops) {
    this.loops = loops;
  }

  /// Tries one address after another. The channel does not read by itself, and stays open when the
  /// target has sent all; the stage fails with what the last attempt failed with.
  ///
  /// @param handlers makes one for each attempt
  public CompletionStage<Channel> dial(
      List<Endpoint> targets, Duration patience, Supplier<ChannelHandler> handlers) {
    var result = new CompletableFuture<Channel>();
    dial(targets.iterator(), patience, handlers, result);
    return result;
  }

  private void dial(
      Iterator<Endpoint> targets,
      Duration patience,
      Supplier<ChannelHandler> handlers,
      CompletableFuture<Channel> result) {
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
        .handler(handlers.get())
        .connect(targets.next().toSocketAddress())
        .addListener(
            (ChannelFuture attempt) -> {
              if (attempt.isSuccess()) {
                boolean _ = result.complete(attempt.channel());
              } else if (targets.hasNext()) {
                dial(targets, patience, handlers, result);
              } else {
                boolean _ = result.completeExceptionally(attempt.cause());
              }
            });
  }
}
