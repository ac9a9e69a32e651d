package org.vexor.masque.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.field.ProxyStatus;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.ServerStream;
import org.vexor.masque.http.StreamError;
import org.vexor.masque.http.StreamListener;
import org.vexor.masque.proxy.request.Refusal;
import org.vexor.masque.proxy.request.RefusalReason;
import org.vexor.masque.proxy.request.TargetFinder;
import org.vexor.packet.Endpoint;

/// One plain CONNECT request: bytes between the stream and a TCP connection (RFC 9110 §9.3.6). On
/// the stream's event loop; the target's channel lives on another one, and hands over what it read
/// before it reads again.
final class TcpTunnel implements StreamListener {
  private final FrontDesk desk;
  private final ServerStream stream;
  private final Session session;
  private @Nullable Channel target;
  private boolean clientDone;
  private boolean targetDone;
  private boolean waitsForRoom;
  private boolean over;
  private long toTarget;
  private long toClient;

  TcpTunnel(FrontDesk desk, ServerStream stream, Session session) {
    this.desk = desk;
    this.stream = stream;
    this.session = session;
  }

  void begin() {
    stream.setReading(false);
    desk.find(session.wanted(), stream.eventLoop(), this::found);
  }

  private void found(TargetFinder.Found found) {
    if (over) {
      return;
    }
    switch (found) {
      case TargetFinder.Found.Refused refused -> refuse(refused.refusal());
      case TargetFinder.Found.Addresses addresses -> dial(addresses.endpoints());
    }
  }

  private void dial(List<Endpoint> endpoints) {
    var _ =
        desk.dialer()
            .dial(endpoints, desk.gate().settings().limits().connectTime(), TargetSide::new)
            .whenComplete(
                (channel, failure) ->
                    onStream(
                        () -> {
                          if (over && channel != null) {
                            var _ = channel.close();
                          } else if (channel != null) {
                            granted(channel);
                          } else if (!over) {
                            refuse(refusal(failure));
                          }
                        }));
  }

  private static Refusal refusal(Throwable failure) {
    return switch (failure) {
      case ConnectTimeoutException _ ->
          Refusal.of(RefusalReason.CONNECTION_TIMEOUT, "the target does not answer");
      case NoRouteToHostException _ ->
          Refusal.of(RefusalReason.UNROUTABLE, "there is no way to the target");
      case ConnectException _ ->
          Refusal.of(RefusalReason.CONNECTION_REFUSED, "the target refuses connections");
      default -> Refusal.of(RefusalReason.UNROUTABLE, "there is no way to the target");
    };
  }

  private void refuse(Refusal refusal) {
    over = true;
    session.refused(refusal);
    stream.respond(refusal.response(desk.gate().proxy()), true);
    stream.setReading(true);
  }

  private void granted(Channel channel) {
    target = channel;
    session.granted();
    String next =
        channel.remoteAddress() instanceof InetSocketAddress at
            ? at.getAddress().getHostAddress()
            : "";
    stream.respond(
        new ResponseHead(
            200,
            FieldLines.EMPTY.with(
                ProxyStatus.NAME, ProxyStatus.success(desk.gate().proxy(), next).format())),
        false);
    stream.setReading(true);
    var _ = channel.read();
  }

  private void onStream(Runnable task) {
    if (stream.eventLoop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      stream.eventLoop().execute(task);
    } catch (RejectedExecutionException _) {
      // The stream's loop has ended, and its streams with it.
      Channel channel = target;
      if (channel != null) {
        var _ = channel.close();
      }
    }
  }

  @Override
  public void data(ByteBuf bytes) {
    if (target != null) {
      toTarget += bytes.readableBytes();
      var _ = target.write(bytes.retainedSlice(), target.voidPromise());
    }
  }

  @Override
  public void dataRead() {
    if (target != null) {
      var _ = target.flush();
      if (!target.isWritable()) {
        stream.setReading(false);
      }
    }
  }

  private void targetWritable() {
    if (!over) {
      stream.setReading(true);
    }
  }

  @Override
  public void writable() {
    if (waitsForRoom && target != null) {
      waitsForRoom = false;
      var _ = target.read();
    }
  }

  private void received(ByteBuf bytes) {
    toClient += bytes.readableBytes();
    stream.write(bytes);
  }

  private void batchRead() {
    stream.flush();
    if (over || targetDone || target == null) {
      return;
    }
    if (stream.isWritable()) {
      var _ = target.read();
    } else {
      waitsForRoom = true;
    }
  }

  @Override
  public void finished() {
    clientDone = true;
    if (target == null && !over) {
      // It does not wait for the answer.
      stream.abort(StreamError.CANCELLED);
    }
    if (target instanceof DuplexChannel duplex && !targetDone) {
      // Netty drops what still waits when an output is shut down, so that comes after it.
      var _ =
          duplex
              .writeAndFlush(Unpooled.EMPTY_BUFFER)
              .addListener(
                  _ -> {
                    var _ = duplex.shutdownOutput();
                  });
    } else {
      end("finished");
    }
  }

  private void targetFinished() {
    if (!targetDone) {
      targetDone = true;
      stream.finish();
      if (clientDone) {
        end("finished");
      }
    }
  }

  private void targetLost(String how) {
    if (!over && !targetDone) {
      desk.counters().addTargetGone();
      stream.abort(StreamError.CONNECT);
      end(how);
    } else {
      end("finished");
    }
  }

  @Override
  public void aborted(long code) {
    if (target != null) {
      // The target learns that it was no orderly end.
      boolean _ = target.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    stream.abort(StreamError.CANCELLED);
    end("ABORTED 0x" + Long.toHexString(code));
  }

  @Override
  public void closed() {
    end("closed");
  }

  private void end(String how) {
    over = true;
    if (target != null) {
      var _ = target.close();
      target = null;
    }
    desk.counters().addTcp(toTarget, toClient);
    session.over(how, toTarget, toClient);
    toTarget = 0;
    toClient = 0;
  }

  /// On the target's event loop.
  private final class TargetSide extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var bytes = (ByteBuf) message;
      onStream(() -> received(bytes));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      onStream(TcpTunnel.this::batchRead);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        onStream(TcpTunnel.this::targetWritable);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        onStream(TcpTunnel.this::targetFinished);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      onStream(() -> targetLost("target: " + cause.getMessage()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      onStream(() -> targetLost("target closed"));
    }
  }
}
