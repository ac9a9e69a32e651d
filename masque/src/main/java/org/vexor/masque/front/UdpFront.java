package org.vexor.masque.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.vexor.masque.client.MasqueClient;
import org.vexor.masque.client.TunnelListener;
import org.vexor.masque.client.TunnelState;
import org.vexor.masque.client.UdpTunnel;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.quic.DatagramTransport;

/// A local UDP port that stands for one target behind the proxy: each local program that sends to
/// it gets a tunnel of its own, by its source address, and the answers of that tunnel. Any thread,
/// but [#close] from none of the event loops.
public final class UdpFront implements AutoCloseable {
  private final UdpTarget target;
  private final MasqueClient client;
  private final FrontListener listener;
  private final FrontCounters counters = new FrontCounters();
  private final TunnelTable<InetSocketAddress> tunnels;
  private final Channel channel;

  private UdpFront(
      DatagramTransport transport,
      MasqueClient client,
      UdpTarget target,
      InetSocketAddress listen,
      FrontLimits limits,
      FrontListener listener) {
    this.target = target;
    this.client = client;
    this.listener = listener;
    var bound = LocalPort.bind(transport, listen, new FromPrograms()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException(
          listen + " cannot be bound: " + bound.cause().getMessage(), bound.cause());
    }
    channel = bound.channel();
    tunnels = new TunnelTable<>(channel.eventLoop(), limits, counters);
    channel.config().setAutoRead(true);
  }

  /// Binds and serves from now on.
  ///
  /// @param transport of the local port
  /// @param client not closed with the front
  /// @throws IllegalStateException when the address cannot be bound
  public static UdpFront start(
      DatagramTransport transport,
      MasqueClient client,
      UdpTarget target,
      InetSocketAddress listen,
      FrontLimits limits,
      FrontListener listener) {
    return new UdpFront(
        transport.withOption(ChannelOption.AUTO_READ, false),
        client,
        target,
        listen,
        limits,
        listener);
  }

  /// Where it listens, with the port that the system chose for 0.
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  public UdpTarget target() {
    return target;
  }

  public FrontCounters counters() {
    return counters;
  }

  private void received(DatagramPacket packet) {
    InetSocketAddress program = packet.sender();
    Optional<UdpTunnel> tunnel =
        tunnels.get(program, () -> client.open(target, new ToProgram(program)));
    if (tunnel.isPresent()) {
      boolean queued = tunnel.get().send(LocalPort.copy(channel, packet.content()));
      (queued ? counters.payloadsOut : counters.droppedOut).increment();
    }
  }

  @Override
  public void close() {
    var _ = channel.close().awaitUninterruptibly();
    var _ = channel.eventLoop().submit(tunnels::close).awaitUninterruptibly();
  }

  private final class FromPrograms extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      received(packet);
    }

    /// An ICMP error for an answer: that program is gone, the others are not.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      counters.droppedIn.increment();
    }
  }

  private final class ToProgram implements TunnelListener {
    private final InetSocketAddress program;

    private ToProgram(InetSocketAddress program) {
      this.program = program;
    }

    @Override
    public void payload(UdpTunnel tunnel, ByteBuf payload) {
      LocalPort.send(channel, LocalPort.copy(channel, payload), program, counters);
    }

    @Override
    public void payloadsRead(UdpTunnel tunnel) {
      var _ = channel.flush();
    }

    @Override
    public void state(UdpTunnel tunnel, TunnelState state) {
      listener.state(target, state);
    }
  }
}
