package org.vexor.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vexor.netty.Lab.Inbox;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortException;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.memory.MemoryNetwork;

@ExtendWith(LeakCheck.Extension.class)
final class PacketIoHandlerTest {
  /// Netty purges timers once a second, so that a loop which misses a wake-up sleeps that long.
  private static final long MISSED_WAKEUP_NS = TimeUnit.SECONDS.toNanos(1);

  @Test
  void aSleepingLoopIsWokenByEveryTask() throws Exception {
    int tasks = 200;
    try (Lab lab = new Lab(1, () -> new BatchEngine(Lab.OPTIONS), IdleMode.BLOCK)) {
      lab.bind(new Inbox());
      long start = System.nanoTime();
      for (int i = 0; i < tasks; i++) {
        assertEquals(i, lab.group().submit(() -> {}, i).get());
      }
      assertTrue(System.nanoTime() - start < tasks * MISSED_WAKEUP_NS / 4);
    }
  }

  @Test
  void timersRunWhileNothingIsReceived() throws Exception {
    try (Lab lab = Lab.simulated(1)) {
      lab.bind(new Inbox());
      assertEquals(5, lab.group().schedule(() -> 5, 3, TimeUnit.MILLISECONDS).get());
    }
  }

  @Test
  void aBusyLoopDoesAllThatASleepingOneDoes() throws Exception {
    var network = new MemoryNetwork(1);
    try (Lab lab = new Lab(1, () -> network.engine(Lab.OPTIONS), IdleMode.BUSY_POLL)) {
      var inbox = new Inbox();
      PacketDatagramChannel channel = lab.bind(inbox);
      channel.writeAndFlush(Lab.packet(4, Lab.at(channel))).syncUninterruptibly();
      assertEquals(4, inbox.number());
      assertEquals(1, lab.group().submit(() -> 1).get());
    }
  }

  @Test
  void aModerateLoopMovesAllOfManyDatagramsAndRunsTasksBetween() throws Exception {
    var network = new MemoryNetwork(1);
    try (Lab lab = new Lab(1, () -> network.engine(Lab.OPTIONS), IdleMode.MODERATE)) {
      var inbox = new Inbox();
      PacketDatagramChannel channel = lab.bind(inbox);
      for (int i = 0; i < 40; i++) {
        var _ = channel.write(Lab.packet(i, Lab.at(channel)));
      }
      var _ = channel.flush();
      for (int i = 0; i < 40; i++) {
        assertEquals(i, inbox.number());
      }
      assertEquals(1, lab.group().submit(() -> 1).get());
      assertEquals(5, lab.group().schedule(() -> 5, 3, TimeUnit.MILLISECONDS).get());
    }
  }

  @Test
  void closesItsEngineAndChannelsWithTheLoop() {
    var engines = new ArrayList<PacketEngine>();
    var network = new MemoryNetwork(1);
    PacketDatagramChannel channel;
    try (Lab lab =
        new Lab(
            2,
            () -> {
              engines.add(network.engine(Lab.OPTIONS));
              return engines.getLast();
            },
            IdleMode.BLOCK)) {
      channel = lab.bind(new Inbox());
    }
    assertTrue(channel.closeFuture().isDone());
    for (PacketEngine engine : engines) {
      assertEquals(List.of(), engine.ports());
      var options = org.vexor.packet.PortOptions.bind(org.vexor.packet.Endpoint.loopback(0));
      assertThrows(PortException.class, () -> engine.open(options, (_, _) -> {}));
    }
  }

  @Test
  void anEngineThatDoesNotOpenFailsTheGroup() {
    var refusal = new PortException("no such device");
    var failed =
        assertThrows(
            IllegalStateException.class,
            () ->
                new Lab(
                    1,
                    () -> {
                      throw refusal;
                    },
                    IdleMode.BLOCK));
    assertEquals(refusal, failed.getCause());
  }

  @Test
  void channelsOfOtherTransportsAreRefusedAndOursByOtherLoops() throws Exception {
    try (Lab lab = Lab.simulated(1)) {
      var foreign =
          new Bootstrap()
              .group(lab.group())
              .channel(NioDatagramChannel.class)
              .handler(new ChannelInboundHandlerAdapter())
              .bind(0)
              .awaitUninterruptibly();
      assertInstanceOf(IllegalStateException.class, foreign.cause());
    }
    var nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    var ours =
        new Bootstrap()
            .group(nio)
            .channel(PacketDatagramChannel.class)
            .handler(new ChannelInboundHandlerAdapter())
            .bind(0)
            .awaitUninterruptibly();
    assertInstanceOf(IllegalStateException.class, ours.cause());
    nio.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  @Test
  void isAvailableWhereAnyEngineOpens() {
    assertTrue(PacketTransport.isAvailable());
    assertEquals(null, PacketTransport.unavailabilityCause());
    PacketTransport.ensureAvailability();
  }
}
