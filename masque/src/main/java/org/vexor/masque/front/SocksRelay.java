package org.vexor.masque.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.field.ProxyError;
import org.vexor.masque.field.ProxyStatus;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestStream;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.StreamError;
import org.vexor.masque.http.StreamListener;

/// One CONNECT: bytes between a SOCKS client's connection and a stream of the proxy. Its state
/// belongs to the stream's event loop; the channel lives on another one, and hands over what it
/// read before it reads again.
final class SocksRelay extends ChannelInboundHandlerAdapter
    implements ResponseHandler, StreamListener {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int PROXY_UNAUTHORIZED = 407;
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private final Channel channel;
  private final Consumer<Socks5CommandStatus> outcome;
  private volatile @Nullable RequestStream stream;
  private boolean clientDone;
  private boolean targetDone;
  private boolean waitsForRoom;
  private boolean over;

  /// @param channel of the SOCKS client, which does not read by itself
  /// @param outcome told once, on the channel's event loop
  SocksRelay(Channel channel, Consumer<Socks5CommandStatus> outcome) {
    this.channel = channel;
    this.outcome = outcome;
  }

  private static void on(EventLoop loop, Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException _) {
      // That loop has ended, and all that lived on it.
    }
  }

  private void onStream(Runnable task) {
    RequestStream own = stream;
    if (own != null) {
      on(own.eventLoop(), task);
    }
  }

  @Override
  public StreamListener response(RequestStream answered, ResponseHead head) {
    boolean granted = head.isSuccess() && channel.isActive();
    if (granted) {
      stream = answered;
    } else {
      over = true;
      answered.abort(StreamError.CANCELLED);
    }
    Socks5CommandStatus status = granted ? Socks5CommandStatus.SUCCESS : status(head);
    on(channel.eventLoop(), () -> outcome.accept(status));
    return this;
  }

  @Override
  public void failed(RequestFailure failure) {
    over = true;
    boolean connection = failure.kind() == RequestFailure.Kind.CONNECTION;
    on(
        channel.eventLoop(),
        () ->
            outcome.accept(
                connection
                    ? Socks5CommandStatus.NETWORK_UNREACHABLE
                    : Socks5CommandStatus.FAILURE));
  }

  /// What the proxy's answer is in SOCKS (RFC 1928 §6, RFC 9209 §2.3).
  static Socks5CommandStatus status(ResponseHead head) {
    for (ProxyStatus said : head.proxyStatus()) {
      ProxyError error = said.error().flatMap(ProxyError::of).orElse(null);
      if (error != null) {
        return switch (error) {
          case DESTINATION_IP_PROHIBITED, HTTP_REQUEST_DENIED -> Socks5CommandStatus.FORBIDDEN;
          case CONNECTION_REFUSED -> Socks5CommandStatus.CONNECTION_REFUSED;
          case DESTINATION_IP_UNROUTABLE -> Socks5CommandStatus.NETWORK_UNREACHABLE;
          case DNS_TIMEOUT,
              DNS_ERROR,
              DESTINATION_NOT_FOUND,
              DESTINATION_UNAVAILABLE,
              CONNECTION_TERMINATED,
              CONNECTION_TIMEOUT ->
              Socks5CommandStatus.HOST_UNREACHABLE;
          case CONNECTION_LIMIT_REACHED,
              HTTP_REQUEST_ERROR,
              HTTP_UPGRADE_FAILED,
              PROXY_INTERNAL_ERROR,
              PROXY_CONFIGURATION_ERROR,
              PROXY_LOOP_DETECTED ->
              Socks5CommandStatus.FAILURE;
        };
      }
    }
    return switch (head.status()) {
      case UNAUTHORIZED, FORBIDDEN, PROXY_UNAUTHORIZED -> Socks5CommandStatus.FORBIDDEN;
      case BAD_GATEWAY, GATEWAY_TIMEOUT -> Socks5CommandStatus.HOST_UNREACHABLE;
      default -> Socks5CommandStatus.FAILURE;
    };
  }

  @Override
  public void data(ByteBuf bytes) {
    if (!over) {
      var _ = channel.write(bytes.retainedSlice(), channel.voidPromise());
    }
  }

  @Override
  public void dataRead() {
    RequestStream own = stream;
    if (!over && own != null) {
      var _ = channel.flush();
      if (!channel.isWritable()) {
        own.setReading(false);
        // It may have become writable before that.
        if (channel.isWritable()) {
          own.setReading(true);
        }
      }
    }
  }

  @Override
  public void writable() {
    if (waitsForRoom) {
      waitsForRoom = false;
      var _ = channel.read();
    }
  }

  @Override
  public void finished() {
    if (over) {
      return;
    }
    targetDone = true;
    var _ = channel.flush();
    if (clientDone) {
      end();
    } else {
      on(channel.eventLoop(), this::endOutput);
    }
  }

  @Override
  public void aborted(long code) {
    closed();
  }

  @Override
  public void closed() {
    RequestStream own = stream;
    if (!over && own != null) {
      own.abort(StreamError.CANCELLED);
    }
    end();
  }

  /// Netty drops what still waits when an output is shut down, so that comes after it.
  private void endOutput() {
    var _ =
        channel
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(
                _ -> {
                  var _ = ((DuplexChannel) channel).shutdownOutput();
                });
  }

  private void closeChannel() {
    var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void end() {
    over = true;
    if (stream != null) {
      on(channel.eventLoop(), this::closeChannel);
    }
  }

  // From here on: on the channel's event loop, when the relay is in its pipeline.

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = (ByteBuf) message;
    RequestStream own = stream;
    if (own == null) {
      bytes.release();
      return;
    }
    onStream(
        () -> {
          if (over || clientDone) {
            bytes.release();
          } else {
            own.write(bytes);
          }
        });
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    onStream(this::batchRead);
  }

  private void batchRead() {
    RequestStream own = stream;
    if (over || own == null || clientDone) {
      return;
    }
    own.flush();
    if (own.isWritable()) {
      var _ = channel.read();
    } else {
      waitsForRoom = true;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    RequestStream own = stream;
    if (own != null && channel.isWritable()) {
      onStream(
          () -> {
            if (!over) {
              own.setReading(true);
            }
          });
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      onStream(this::clientFinished);
    }
  }

  private void clientFinished() {
    RequestStream own = stream;
    if (!over && own != null && !clientDone) {
      clientDone = true;
      own.finish();
      if (targetDone) {
        end();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    onStream(this::closed);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    onStream(this::closed);
  }
}
