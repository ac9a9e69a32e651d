package org.vexor.masque.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.client.TunnelListener;
import org.vexor.masque.client.TunnelState;
import org.vexor.masque.client.UdpTunnel;
import org.vexor.masque.uri.UdpTarget;

/// One UDP ASSOCIATE: a UDP port for one SOCKS client, for as long as its TCP connection lasts (RFC
/// 1928 §7). A tunnel for each port of the client and each target. On the UDP port's event loop.
final class SocksAssociation extends SimpleChannelInboundHandler<DatagramPacket> {
  private final SocksServices services;
  private final InetAddress client;
  private final int clientPort;
  private @Nullable TunnelTable<Pair> tunnels;

  private record Pair(InetSocketAddress program, UdpTarget target) {}

  private SocksAssociation(SocksServices services, InetAddress client, int clientPort) {
    this.services = services;
    this.client = client;
    this.clientPort = clientPort;
  }

  /// Opens one.
  ///
  /// @param control the client's TCP connection
  /// @param clientPort from which it will send; 0 when it did not say
  /// @param outcome told on the port's event loop: the address, or nothing when there is none
  static void open(
      SocksServices services,
      Channel control,
      int clientPort,
      Consumer<Optional<InetSocketAddress>> outcome) {
    var peer = (InetSocketAddress) control.remoteAddress();
    var own = (InetSocketAddress) control.localAddress();
    var association = new SocksAssociation(services, peer.getAddress(), clientPort);
    LocalPort.bind(services.udp(), new InetSocketAddress(own.getAddress(), 0), association)
        .addListener(
            (ChannelFuture bound) -> {
              if (bound.isSuccess()) {
                closeWith(control, bound.channel());
                outcome.accept(Optional.of((InetSocketAddress) bound.channel().localAddress()));
              } else {
                outcome.accept(Optional.empty());
              }
            });
  }

  private static void closeWith(Channel control, Channel port) {
    control
        .closeFuture()
        .addListener(
            _ -> {
              var _ = port.close();
            });
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context
        .channel()
        .closeFuture()
        .addListener(
            _ -> {
              if (tunnels != null) {
                tunnels.close();
              }
            });
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    InetSocketAddress program = packet.sender();
    boolean known = clientPort == 0 || program.getPort() == clientPort;
    if (!known || !program.getAddress().equals(client)) {
      services.counters().strangers.increment();
      return;
    }
    Optional<UdpTarget> target = SocksDatagram.read(packet.content());
    if (target.isEmpty()) {
      services.counters().malformed.increment();
      return;
    }
    send(context.channel(), new Pair(program, target.get()), packet.content());
  }

  private void send(Channel port, Pair pair, ByteBuf payload) {
    if (tunnels == null) {
      tunnels = new TunnelTable<>(port.eventLoop(), services.limits(), services.counters());
    }
    Optional<UdpTunnel> tunnel =
        tunnels.get(pair, () -> services.client().open(pair.target(), new Answers(port, pair)));
    if (tunnel.isPresent()) {
      boolean queued = tunnel.get().send(LocalPort.copy(port, payload));
      (queued ? services.counters().payloadsOut : services.counters().droppedOut).increment();
    }
  }

  /// An ICMP error for an answer.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    services.counters().droppedIn.increment();
  }

  private final class Answers implements TunnelListener {
    private final Channel port;
    private final Pair pair;
    private final byte[] header;

    private Answers(Channel port, Pair pair) {
      this.port = port;
      this.pair = pair;
      this.header = SocksDatagram.header(pair.target());
    }

    @Override
    public void payload(UdpTunnel tunnel, ByteBuf payload) {
      int length = payload.readableBytes();
      ByteBuf whole =
          port.alloc()
              .directBuffer(header.length + length)
              .writeBytes(header)
              .writeBytes(payload, payload.readerIndex(), length);
      LocalPort.send(port, whole, pair.program(), services.counters());
    }

    @Override
    public void payloadsRead(UdpTunnel tunnel) {
      var _ = port.flush();
    }

    @Override
    public void state(UdpTunnel tunnel, TunnelState state) {
      services.listener().state(pair.target(), state);
    }
  }
}
