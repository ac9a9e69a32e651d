package org.vexor.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vexor.netty.Lab.Inbox;
import org.vexor.packet.DropReason;
import org.vexor.packet.memory.MemoryNetwork;

/// A system that takes nothing more stops the channel, and nothing is lost by it.
@ExtendWith(LeakCheck.Extension.class)
final class BackPressureTest {
  private static final int PORT_HOLDS = Lab.OPTIONS.sendFrames();

  private final AtomicBoolean stuck = new AtomicBoolean();
  private final MemoryNetwork network = new MemoryNetwork(1);
  private final Lab lab =
      new Lab(1, () -> new StickyEngine(network.engine(Lab.OPTIONS), stuck), IdleMode.BLOCK);
  private final Lab far = new Lab(1, () -> network.engine(Lab.OPTIONS), IdleMode.BLOCK);
  private final Inbox inbox = new Inbox();
  private final LinkedBlockingQueue<Boolean> writability = new LinkedBlockingQueue<>();
  private final PacketDatagramChannel receiver = far.bind(inbox);
  private final PacketDatagramChannel sender =
      Lab.bind(
          lab.bootstrap(
                  new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelWritabilityChanged(ChannelHandlerContext context) {
                      writability.add(context.channel().isWritable());
                    }
                  })
              .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(2000, 4000)));

  @AfterEach
  void close() {
    stuck.set(false);
    lab.close();
    far.close();
    inbox.packets.forEach(DatagramPacket::release);
  }

  private List<ChannelFuture> writeWhileStuck(int datagrams) {
    stuck.set(true);
    var writes = new ArrayList<ChannelFuture>();
    for (int i = 0; i < datagrams; i++) {
      writes.add(sender.writeAndFlush(Lab.packet(i, Lab.at(receiver))));
    }
    writes.get(PORT_HOLDS - 1).awaitUninterruptibly();
    return writes;
  }

  @Test
  void goesOnWhereItStoppedWhenThereIsRoom() throws InterruptedException {
    List<ChannelFuture> writes = writeWhileStuck(200);
    assertFalse(writability.take());
    assertFalse(sender.isWritable());
    assertTrue(writes.get(PORT_HOLDS - 1).isSuccess(), "the port took it");
    assertFalse(writes.get(PORT_HOLDS).isDone(), "the port had no room for it");
    stuck.set(false);
    // What ends the sleep of an engine on sockets is that the socket can be written.
    lab.group().next().execute(() -> {});
    for (int i = 0; i < 200; i++) {
      assertEquals(i, inbox.number());
    }
    assertTrue(writability.take());
    for (ChannelFuture write : writes) {
      assertTrue(write.awaitUninterruptibly().isSuccess());
    }
  }

  @Test
  void goesOnAfterAMoveToAnotherLoop() {
    List<ChannelFuture> writes = writeWhileStuck(40);
    sender.deregister().syncUninterruptibly();
    stuck.set(false);
    far.group().register(sender).syncUninterruptibly();
    // The first ones were the old port's, which made one attempt to flush them when it closed.
    for (int i = 0; i < 40; i++) {
      assertEquals(i, inbox.number());
    }
    assertTrue(writes.get(39).awaitUninterruptibly().isSuccess());
  }

  @Test
  void aCloseFailsWhatTheEngineHadNotTakenAndCountsTheRest() {
    List<ChannelFuture> writes = writeWhileStuck(40);
    var port = sender.port().orElseThrow();
    stuck.set(true);
    sender.close().syncUninterruptibly();
    assertInstanceOf(ClosedChannelException.class, writes.get(39).awaitUninterruptibly().cause());
    // The simulated port's own last attempt to flush succeeds, stuck or not.
    assertEquals(
        PORT_HOLDS, port.counters().sent() + port.counters().dropped(DropReason.PORT_CLOSED));
  }
}
