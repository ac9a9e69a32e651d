package org.vexor.netty;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.batch.BatchEngine;

/// What an event loop allocates for each datagram that it receives and answers, all of Netty's own
/// code on the way included.
final class AllocationTest {
  private static final int BURST = 32;
  private static final int ROUND = 20_000;

  /// Code that is not compiled yet allocates in the call layers of the JDK: what a datagram costs
  /// is what the best round shows.
  private static final int MOST_ROUNDS = 30;

  /// Less than any object for every hundredth datagram.
  private static final double MOST_BYTES = 0.2;

  private static final long PATIENCE_NS = 60_000_000_000L;

  private final Level level = ResourceLeakDetector.getLevel();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private int answers;

  @BeforeEach
  void followNoBuffers() {
    ResourceLeakDetector.setLevel(Level.DISABLED);
  }

  @AfterEach
  void followThemAgain() {
    ResourceLeakDetector.setLevel(level);
  }

  @Test
  void receptionAllocatesNothing() throws Exception {
    ByteBuf total = Unpooled.directBuffer(4).writeInt(0);
    var count =
        new ChannelInboundHandlerAdapter() {
          private int received;

          @Override
          public void channelRead(ChannelHandlerContext context, Object message) {
            received++;
            boolean _ = ((DatagramPacket) message).release();
          }

          @Override
          public void channelReadComplete(ChannelHandlerContext context) {
            // One answer for a turn, so that the sender knows how far the loop is.
            total.setInt(0, received);
            received = 0;
            Object _ = context.writeAndFlush(total.retain(), context.voidPromise());
          }
        };
    report("received", perDatagram(count, true));
  }

  @Test
  void anEchoAllocatesNothing() throws Exception {
    var echo =
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelRead(ChannelHandlerContext context, Object message) {
            var packet = (DatagramPacket) message;
            Object _ = context.write(packet.content().retain(), context.voidPromise());
            boolean _ = packet.release();
          }

          @Override
          public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
          }
        };
    report("echoed", perDatagram(echo, false));
  }

  private static void report(String what, double bytes) {
    System.out.printf("allocated per datagram %s: %.3f B%n", what, bytes);
    assertTrue(bytes <= MOST_BYTES, () -> what + ": " + bytes + " B for each datagram");
  }

  private double perDatagram(ChannelInboundHandlerAdapter handler, boolean counted)
      throws Exception {
    try (Lab lab = new Lab(1, () -> new BatchEngine(EngineOptions.DEFAULT), IdleMode.BLOCK);
        PacketEngine engine = new BatchEngine(EngineOptions.DEFAULT)) {
      PacketPort client =
          engine.open(
              PortOptions.bind(Endpoint.loopback(0)),
              (_, datagram) ->
                  answers +=
                      counted
                          ? datagram.segment().asSlice(datagram.offset(), 4).asByteBuffer().getInt()
                          : 1);
      PacketDatagramChannel channel = lab.bind(handler);
      channel.connect(client.localEndpoint().toSocketAddress()).sync();
      long loop = lab.group().submit(() -> Thread.currentThread().threadId()).get();
      Endpoint to = Endpoint.of(Lab.at(channel));
      double best = Double.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && best > MOST_BYTES; round++) {
        long before = threads.getThreadAllocatedBytes(loop);
        exchange(engine, client, to, ROUND);
        best = Math.min(best, (double) (threads.getThreadAllocatedBytes(loop) - before) / ROUND);
      }
      return best;
    }
  }

  private void exchange(PacketEngine engine, PacketPort client, Endpoint to, int datagrams) {
    var bytes = MemorySegment.ofArray(new byte[64]);
    long start = System.nanoTime();
    answers = 0;
    for (int sent = 0; sent < datagrams; sent += BURST) {
      for (int i = 0; i < BURST; i++) {
        assertTrue(client.send(bytes, 0, 64, to));
      }
      while (answers < sent + BURST) {
        if (engine.doWork() == 0) {
          engine.await(1_000_000);
        }
        assertTrue(System.nanoTime() - start < PATIENCE_NS, "only " + answers + " came back");
      }
    }
  }
}
