package org.vexor.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.vexor.netty.PacketDatagramChannel;
import org.vexor.netty.UndeliveredDatagram;
import org.vexor.quic.direct.DirectConnection;
import org.vexor.quic.direct.PacketIntake;
import org.vexor.quic.direct.PacketOutlet;
import org.vexor.quic.message.TurnListener;
import org.vexor.quic.quiche.QuicheCalls;
import org.vexor.quic.silence.SilenceWatch;

/// Stands before the QUIC codec of a datagram channel. Packets of established connections it takes
/// itself. When the packets of a turn were taken in, it does what can be done then. Before the
/// codec answers: streams of messages are read and written, and what quiche has to send goes to the
/// port. After it: waiting datagrams are offered to connections whose congestion windows
/// acknowledgements have opened. Netty tells connections nothing of acknowledgements. Owned by the
/// channel's event loop.
final class ReceivePass extends ChannelInboundHandlerAdapter {
  private final Queue<DatagramSender> blocked = new ArrayDeque<>();
  private final PacketIntake intake = new PacketIntake();
  private final SilenceWatch silence = new SilenceWatch(System::nanoTime);

  /// Where the channel is one of Vexor's own.
  private Optional<PacketOutlet> outlet = Optional.empty();

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (context.channel() instanceof PacketDatagramChannel own) {
      outlet = Optional.of(new PacketOutlet(own.portWriter()));
    }
  }

  /// Those of the channel's peers whose silence is watched.
  SilenceWatch silence() {
    return silence;
  }

  /// QUIC did not take all that this sender has; it must not be in the queue yet.
  void retry(DatagramSender sender) {
    blocked.add(sender);
  }

  /// Makes packets of what was given to a connection and sends them; within a turn, as far as the
  /// port has room, the rest at its end.
  void flush(DirectConnection connection) {
    outlet.ifPresent(direct -> direct.send(connection));
    connection.sent();
    QuicheCalls.sendAndFlush(connection.channel());
  }

  /// A connection is over.
  void forget(DirectConnection connection) {
    intake.forget(connection);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    // The codec is the last handler of a datagram channel.
    if (!(message instanceof DatagramPacket packet)
        || !intake.take(packet, context.pipeline().last())) {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    intake.turnOver(context.pipeline().last());
    TurnListener.tellAll(context.pipeline().last());
    intake.send(outlet);
    context.fireChannelReadComplete();
    feed();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof UndeliveredDatagram(var to, var quoted)) {
      silence.undelivered(to, quoted);
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    feed();
  }

  private void feed() {
    for (int left = blocked.size(); left > 0; left--) {
      DatagramSender next = blocked.poll();
      if (next != null) {
        next.feedAgain();
      }
    }
  }
}
