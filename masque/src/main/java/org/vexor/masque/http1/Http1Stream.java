package org.vexor.masque.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestStream;
import org.vexor.masque.http.StreamError;
import org.vexor.masque.http.StreamListener;

/// A connection that became a tunnel. One of TCP can be half closed: TLS says goodbye in each
/// direction by itself (RFC 8446 §6.1). Of one of capsules there is no half: who finishes, ends it.
class Http1Stream implements RequestStream {
  private final Channel channel;
  private Optional<StreamListener> listener = Optional.empty();
  private boolean sending = true;
  private boolean receiving = true;
  private boolean halves;

  Http1Stream(Channel channel) {
    this.channel = channel;
  }

  final Channel channel() {
    return channel;
  }

  final void listener(StreamListener newListener) {
    listener = Optional.of(newListener);
  }

  final Optional<StreamListener> listener() {
    return listener;
  }

  /// From now on each direction ends by itself.
  final void becomeTcpTunnel() {
    halves = true;
    // Or Netty would close all when the peer's TCP ends its direction behind its TLS.
    boolean _ = channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  /// The peer's TLS said goodbye.
  final void received() {
    receiving = false;
    if (!sending) {
      closeWhenSent();
    }
  }

  private void closeWhenSent() {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public final HttpVersion version() {
    return HttpVersion.HTTP_1_1;
  }

  @Override
  public final EventLoop eventLoop() {
    return channel.eventLoop();
  }

  @Override
  public final ByteBufAllocator allocator() {
    return channel.alloc();
  }

  @Override
  public final void write(ByteBuf bytes) {
    if (sending) {
      var _ = channel.write(bytes);
    } else {
      bytes.release();
    }
  }

  @Override
  public final void flush() {
    channel.flush();
  }

  @Override
  public final boolean isWritable() {
    return sending && channel.isWritable();
  }

  @Override
  public final void setReading(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  @Override
  public final void finish() {
    if (!sending) {
      return;
    }
    sending = false;
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (!halves || !receiving || tls == null) {
      closeWhenSent();
      return;
    }
    // Its goodbye would overtake what still waits to be encrypted.
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            _ -> {
              if (receiving) {
                var _ = tls.closeOutbound();
              } else {
                var _ = channel.close();
              }
            });
  }

  @Override
  public final void abort(StreamError error) {
    sending = false;
    var _ = channel.close();
  }

  @Override
  public final boolean isOpen() {
    return channel.isActive();
  }
}
