package org.vexor.quic;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.vexor.netty.PacketIoHandler;
import org.vexor.packet.PacketEngine;

/// Event loops on Vexor's own engines, for programs that speak QUIC and need not know Netty.
public final class PortLoops implements AutoCloseable {
  private static final long LONGEST_END_SECONDS = 2;

  private final EventLoopGroup loops;
  private final DatagramTransport transport;

  private PortLoops(String name, EventLoopGroup loops) {
    this.loops = loops;
    this.transport = DatagramTransport.ports(name, loops);
  }

  /// Starts them. They sleep when there is nothing to do.
  ///
  /// @param name of the threads and of the transport
  /// @param count threads, an engine each
  /// @param engines makes the engines; with AF_XDP each on a queue of its own
  /// @throws org.vexor.packet.PortException when an engine does not open
  public static PortLoops start(String name, int count, Supplier<PacketEngine> engines) {
    return new PortLoops(
        name,
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory(name, true), PacketIoHandler.newFactory(engines)));
  }

  /// For endpoints.
  public DatagramTransport transport() {
    return transport;
  }

  /// For timers; tasks run on the event loops and must not block.
  public ScheduledExecutorService executor() {
    return loops;
  }

  /// Ends the threads, after the endpoints on them were closed.
  @Override
  public void close() {
    loops.shutdownGracefully(0, LONGEST_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
