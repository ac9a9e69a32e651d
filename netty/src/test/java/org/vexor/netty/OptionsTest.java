package org.vexor.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vexor.netty.Lab.Inbox;
import org.vexor.packet.Endpoint;
import org.vexor.packet.batch.BatchEngine;

@ExtendWith(LeakCheck.Extension.class)
final class OptionsTest {
  private final Inbox inbox = new Inbox();

  private static Lab sockets() {
    return new Lab(2, () -> new BatchEngine(Lab.OPTIONS), IdleMode.BLOCK);
  }

  @Test
  void everyOptionOfASocketIsKeptAndCanBeRead() throws Exception {
    NetworkInterface loopback = NetworkInterface.getByName("lo");
    try (Lab lab = sockets()) {
      PacketDatagramChannel channel =
          Lab.bind(
              lab.bootstrap(inbox)
                  .option(ChannelOption.SO_RCVBUF, 100_000)
                  .option(ChannelOption.SO_SNDBUF, 50_000)
                  .option(ChannelOption.SO_REUSEADDR, true)
                  .option(ChannelOption.SO_BROADCAST, true)
                  .option(ChannelOption.IP_TOS, 0x10)
                  .option(ChannelOption.IP_MULTICAST_IF, loopback)
                  .option(ChannelOption.IP_MULTICAST_TTL, 3)
                  .option(ChannelOption.IP_MULTICAST_LOOP_DISABLED, true));
      var config = channel.config();
      assertEquals(100_000, config.getOption(ChannelOption.SO_RCVBUF));
      assertEquals(50_000, config.getOption(ChannelOption.SO_SNDBUF));
      assertTrue(config.getOption(ChannelOption.SO_REUSEADDR));
      assertTrue(config.getOption(ChannelOption.SO_BROADCAST));
      assertEquals(0x10, config.getOption(ChannelOption.IP_TOS));
      assertEquals(loopback, config.getOption(ChannelOption.IP_MULTICAST_IF));
      assertEquals(3, config.getOption(ChannelOption.IP_MULTICAST_TTL));
      assertTrue(config.getOption(ChannelOption.IP_MULTICAST_LOOP_DISABLED));
      assertEquals(0x10, config.getOptions().get(ChannelOption.IP_TOS));
    }
  }

  @Test
  void whatComesTooLateOrDoesNotExistIsRefusedWithTheReason() {
    try (Lab lab = sockets()) {
      PacketDatagramChannel channel = lab.bind(inbox);
      var late =
          assertThrows(
              ChannelException.class,
              () -> channel.config().setOption(ChannelOption.SO_RCVBUF, 100_000));
      assertTrue(String.valueOf(late.getMessage()).contains("SO_RCVBUF"));
      var impossible =
          assertThrows(ChannelException.class, () -> channel.config().setTimeToLive(999));
      assertTrue(String.valueOf(impossible.getMessage()).contains("MULTICAST_HOPS=999"));
    }
    try (Lab lab = Lab.simulated(1)) {
      var bind = lab.bootstrap(inbox).option(ChannelOption.IP_TOS, 1).bind("127.0.0.1", 0);
      var refused = assertInstanceOf(BindException.class, bind.awaitUninterruptibly().cause());
      assertTrue(String.valueOf(refused.getMessage()).contains("TRAFFIC_CLASS"));
      assertFalse(bind.channel().isActive(), "nothing is open after that");
      PacketDatagramChannel channel = lab.bind(inbox);
      var group = Endpoint.parse("239.1.2.3:0").address();
      var join = channel.joinGroup(group).awaitUninterruptibly();
      assertTrue(String.valueOf(join.cause()).contains("multicast"), join::toString);
    }
  }

  @Test
  void oneChannelOnEachLoopSharesANumber() {
    try (Lab lab = sockets()) {
      var bootstrap = lab.bootstrap(inbox).option(UnixChannelOption.SO_REUSEPORT, true);
      PacketDatagramChannel first = Lab.bind(bootstrap);
      InetSocketAddress shared = Lab.at(first);
      var second = (PacketDatagramChannel) bootstrap.bind(shared).syncUninterruptibly().channel();
      assertEquals(shared, Lab.at(second));
      assertNotEquals(first.eventLoop(), second.eventLoop());
    }
  }
}
