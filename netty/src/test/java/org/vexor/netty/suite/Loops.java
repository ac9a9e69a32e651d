package org.vexor.netty.suite;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.function.Supplier;
import org.vexor.netty.PacketDatagramChannel;
import org.vexor.netty.PacketIoHandler;
import org.vexor.packet.PacketEngine;

/// Event loops for Netty's test-suite, two of them so that server and client may be on different
/// ones.
final class Loops {
  private final EventLoopGroup group;

  Loops(Supplier<PacketEngine> engines) {
    group =
        new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("packets", true), PacketIoHandler.newFactory(engines));
  }

  Bootstrap bootstrap() {
    return new Bootstrap().group(group).channel(PacketDatagramChannel.class);
  }

  List<BootstrapFactory<Bootstrap>> one() {
    return List.of(this::bootstrap);
  }

  List<BootstrapComboFactory<Bootstrap, Bootstrap>> pair() {
    return List.of(
        new BootstrapComboFactory<>() {
          @Override
          public Bootstrap newServerInstance() {
            return bootstrap();
          }

          @Override
          public Bootstrap newClientInstance() {
            return bootstrap();
          }
        });
  }

  void close() {
    group.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
  }
}
