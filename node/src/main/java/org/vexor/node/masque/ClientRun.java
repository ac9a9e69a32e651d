package org.vexor.node.masque;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.vexor.masque.client.ClientOptions;
import org.vexor.masque.client.MasqueClient;
import org.vexor.masque.link.TcpTransport;
import org.vexor.netty.PacketChannelConfig;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.packet.report.EngineStatus;
import org.vexor.packet.report.RateSampler;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.DatagramTransport;
import org.vexor.quic.PortLoops;

/// A client and the two event loops that it runs on: one of packets, on the best engine that opens
/// on sockets here, and one of TCP. Any thread, but [#close] from none of the loops.
public final class ClientRun implements AutoCloseable {
  /// Longer than any packet of QUIC on Ethernet; as many as a burst of some milliseconds brings.
  private static final EngineOptions ENGINE = new EngineOptions(2_048, 4_096, 1_024);

  private static final long QUIET_MS = 50;

  private final PacketEngine engine = PacketEngines.local(ENGINE);
  private final RateSampler rates = new RateSampler(engine.counters(), System::nanoTime);
  private final PortLoops packets;
  private final EventLoopGroup tcp;
  private final MasqueClient client;

  private ClientRun(ClientOptions options) {
    packets = PortLoops.start("masque-packets", 1, () -> engine);
    tcp =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("masque-tcp", true), NioIoHandler.newFactory());
    client =
        MasqueClient.start(options, Optional.of(toProxy()), Optional.of(TcpTransport.nio(tcp)));
  }

  /// Tells of a proxy's closed port, on every backend that can.
  private DatagramTransport toProxy() {
    return engine.report().mode().equals(ChannelEngine.MODE)
        ? packets.transport()
        : packets.transport().withOption(PacketChannelConfig.REPORT_UNDELIVERED, true);
  }

  /// Starts the loops, and the client begins to connect.
  ///
  /// @throws org.vexor.packet.PortException when no engine opens
  public static ClientRun start(ClientOptions options) {
    return new ClientRun(options);
  }

  public MasqueClient client() {
    return client;
  }

  /// UDP ports on the loop of packets.
  public DatagramTransport transport() {
    return packets.transport();
  }

  /// The loop of TCP.
  public EventLoopGroup tcpLoops() {
    return tcp;
  }

  /// To be called about once a second, for the rates in [#engine].
  public void tick() {
    boolean _ = rates.sample();
  }

  /// What carries the packets, and how many.
  public EngineStatus engine() {
    return EngineStatus.of(engine, rates);
  }

  @Override
  public void close() {
    client.close();
    var _ = tcp.shutdownGracefully(0, QUIET_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    packets.close();
  }
}
