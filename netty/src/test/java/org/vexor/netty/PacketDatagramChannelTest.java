package org.vexor.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vexor.netty.Lab.Inbox;
import org.vexor.packet.Backend;
import org.vexor.packet.Endpoint;

@ExtendWith(LeakCheck.Extension.class)
final class PacketDatagramChannelTest {
  private final Lab lab = Lab.simulated(2);
  private final Inbox inbox = new Inbox();

  @AfterEach
  void close() {
    lab.close();
    inbox.packets.forEach(DatagramPacket::release);
  }

  private PacketDatagramChannel sender() {
    return lab.bind(new ChannelInboundHandlerAdapter());
  }

  @Test
  void saysWhatCarriesIt() {
    PacketDatagramChannel channel = lab.bind(inbox);
    assertEquals(Backend.MEMORY, channel.report().orElseThrow().backend());
    var report = channel.attr(PacketDatagramChannel.BACKEND_REPORT).get().get();
    assertEquals(Backend.MEMORY, report.backend());
    channel.close().syncUninterruptibly();
    Lab.await(() -> channel.report().isEmpty());
  }

  @Test
  void deliversTheEnginesOwnFrame() {
    PacketDatagramChannel receiver = lab.bind(inbox);
    PacketDatagramChannel sender = sender();
    sender.writeAndFlush(Lab.packet(7, Lab.at(receiver))).syncUninterruptibly();
    DatagramPacket packet = inbox.take();
    assertInstanceOf(FramePacket.class, packet);
    assertEquals(Lab.at(sender), packet.sender());
    assertEquals(Lab.at(receiver), packet.recipient());
    assertEquals(7, packet.content().readInt());
    assertTrue(packet.release());
  }

  @Test
  void aConnectedChannelHearsItsPeerOnly() {
    PacketDatagramChannel peer = sender();
    PacketDatagramChannel other = sender();
    PacketDatagramChannel receiver = lab.bind(inbox);
    receiver.connect(Lab.at(peer)).syncUninterruptibly();
    other.writeAndFlush(Lab.packet(1, Lab.at(receiver))).syncUninterruptibly();
    Lab.await(() -> receiver.droppedFromOthers() == 1);
    peer.writeAndFlush(Lab.packet(2, Lab.at(receiver))).syncUninterruptibly();
    assertEquals(2, inbox.number());
    receiver.disconnect().syncUninterruptibly();
    other.writeAndFlush(Lab.packet(3, Lab.at(receiver))).syncUninterruptibly();
    assertEquals(3, inbox.number());
  }

  @Test
  void withoutAutoReadEachReadGivesOneDatagramAndNoneIsLost() {
    PacketDatagramChannel receiver =
        Lab.bind(lab.bootstrap(inbox).option(ChannelOption.AUTO_READ, false));
    PacketDatagramChannel sender = sender();
    for (int i = 0; i < 10; i++) {
      sender.writeAndFlush(Lab.packet(i, Lab.at(receiver))).syncUninterruptibly();
    }
    Lab.await(() -> receiver.port().orElseThrow().counters().received() == 10);
    assertEquals(0, inbox.completed);
    for (int i = 0; i < 3; i++) {
      receiver.read();
      assertEquals(i, inbox.number());
      int due = i + 1;
      Lab.await(() -> inbox.completed == due);
    }
    assertTrue(inbox.packets.isEmpty());
    receiver.config().setAutoRead(true);
    for (int i = 3; i < 10; i++) {
      assertEquals(i, inbox.number());
    }
  }

  @Test
  void whatNobodyReadsIsBoundedAndCounted() {
    PacketDatagramChannel receiver =
        Lab.bind(lab.bootstrap(inbox).option(ChannelOption.AUTO_READ, false));
    PacketDatagramChannel sender = sender();
    int sent = DatagramReader.PARKED + 5;
    for (int i = 0; i < sent; i++) {
      Object _ = sender.write(Lab.packet(i, Lab.at(receiver)));
    }
    sender.flush();
    Lab.await(() -> receiver.droppedUnread() == 5);
    receiver.config().setAutoRead(true);
    for (int i = 0; i < DatagramReader.PARKED; i++) {
      assertEquals(i, inbox.number());
    }
  }

  @Test
  void aTurnIsAsLongAsTheOptionSays() {
    var reads = new ArrayList<Integer>();
    var handler =
        new ChannelInboundHandlerAdapter() {
          private int inTurn;

          @Override
          public void channelRead(io.netty.channel.ChannelHandlerContext context, Object message) {
            inTurn++;
            boolean _ = ((DatagramPacket) message).release();
          }

          @Override
          public void channelReadComplete(io.netty.channel.ChannelHandlerContext context) {
            synchronized (reads) {
              reads.add(inTurn);
            }
            inTurn = 0;
          }
        };
    PacketDatagramChannel receiver =
        Lab.bind(
            lab.bootstrap(handler)
                .option(
                    ChannelOption.RECVBUF_ALLOCATOR,
                    new io.netty.channel.FixedRecvByteBufAllocator(2048).maxMessagesPerRead(3)));
    PacketDatagramChannel sender = sender();
    for (int i = 0; i < 10; i++) {
      Object _ = sender.write(Lab.packet(i, Lab.at(receiver)));
    }
    sender.flush();
    Lab.await(
        () -> {
          synchronized (reads) {
            return reads.stream().mapToInt(n -> n).sum() == 10;
          }
        });
    assertTrue(reads.stream().allMatch(n -> n >= 1 && n <= 3), reads.toString());
  }

  @Test
  void opensAgainWhereItWasClosed() {
    PacketDatagramChannel first = lab.bind(inbox);
    InetSocketAddress address = Lab.at(first);
    first.close().syncUninterruptibly();
    assertFalse(first.isOpen());
    var write = first.writeAndFlush(Lab.packet(1, address)).awaitUninterruptibly();
    assertInstanceOf(ClosedChannelException.class, write.cause());
    Channel second = lab.bootstrap(inbox).bind(address).syncUninterruptibly().channel();
    sender().writeAndFlush(Lab.packet(2, address)).syncUninterruptibly();
    assertEquals(2, inbox.number());
    second.close().syncUninterruptibly();
  }

  @Test
  void movesToAnotherLoopWithItsAddress() {
    PacketDatagramChannel receiver = lab.bind(inbox);
    InetSocketAddress address = Lab.at(receiver);
    var before = receiver.eventLoop();
    receiver.deregister().syncUninterruptibly();
    assertTrue(receiver.isOpen());
    var after = lab.group().next();
    if (after.equals(before)) {
      after = lab.group().next();
    }
    after.register(receiver).syncUninterruptibly();
    assertEquals(after, receiver.eventLoop());
    assertEquals(address, Lab.at(receiver));
    sender().writeAndFlush(Lab.packet(5, address)).syncUninterruptibly();
    assertEquals(5, inbox.number());
  }

  @Test
  void refusesWhatCannotBeSentAndSaysWhy() {
    PacketDatagramChannel channel = sender();
    InetSocketAddress to = Lab.at(channel);
    var tooLarge =
        channel.writeAndFlush(new DatagramPacket(Unpooled.buffer(2000).writeZero(1473), to));
    var large = assertInstanceOf(IOException.class, tooLarge.awaitUninterruptibly().cause());
    assertTrue(
        String.valueOf(large.getMessage()).contains("1473")
            && String.valueOf(large.getMessage()).contains("1472"));
    var family = channel.writeAndFlush(Lab.packet(1, Endpoint.parse("[::1]:9").toSocketAddress()));
    assertInstanceOf(SocketException.class, family.awaitUninterruptibly().cause());
    var noPort = channel.writeAndFlush(Lab.packet(1, Endpoint.loopback(0).toSocketAddress()));
    assertInstanceOf(SocketException.class, noPort.awaitUninterruptibly().cause());
    var unknown = channel.writeAndFlush("text");
    assertInstanceOf(UnsupportedOperationException.class, unknown.awaitUninterruptibly().cause());
    assertTrue(channel.isOpen());
    assertTrue(channel.writeAndFlush(Lab.packet(1, to)).awaitUninterruptibly().isSuccess());
  }

  @Test
  void bindsOnceAndTellsWhatIsInTheWay() {
    PacketDatagramChannel channel = sender();
    InetSocketAddress taken = Lab.at(channel);
    assertThrows(AlreadyBoundException.class, () -> channel.bind(taken).syncUninterruptibly());
    var second = lab.bootstrap(inbox).bind(taken).awaitUninterruptibly();
    var refused = assertInstanceOf(BindException.class, second.cause());
    assertTrue(String.valueOf(refused.getMessage()).contains("in use"), refused::toString);
  }

  @Test
  void cutsASegmentedPacket() {
    PacketDatagramChannel receiver = lab.bind(inbox);
    // 40 segments and a shorter one: more than the 16 that the port can have queued.
    var content = Unpooled.buffer(1000);
    for (int i = 0; i < 100; i++) {
      content.writeInt(i);
    }
    content.writeShort(77);
    sender()
        .writeAndFlush(new SegmentedDatagramPacket(content, 4, Lab.at(receiver)))
        .syncUninterruptibly();
    for (int i = 0; i < 100; i++) {
      assertEquals(i, inbox.number());
    }
    DatagramPacket last = inbox.take();
    assertEquals(2, last.content().readableBytes());
    assertEquals(77, last.content().readShort());
    assertTrue(last.release());
  }

  @Test
  void sendsEmptyDatagramsAndSkipsCancelledOnes() {
    PacketDatagramChannel receiver = lab.bind(inbox);
    PacketDatagramChannel sender = sender();
    sender.connect(Lab.at(receiver)).syncUninterruptibly();
    sender
        .writeAndFlush(new DatagramPacket(Unpooled.EMPTY_BUFFER, Lab.at(receiver)))
        .syncUninterruptibly();
    DatagramPacket empty = inbox.take();
    assertEquals(0, empty.content().readableBytes());
    assertTrue(empty.release());
    var cancelled = sender.write(Lab.bytes(1));
    assertTrue(cancelled.cancel(false));
    sender.writeAndFlush(Lab.bytes(2)).syncUninterruptibly();
    assertEquals(2, inbox.number());
  }

  @Test
  void holdsMoreThanTheEngineCanLendByCopying() {
    PacketDatagramChannel receiver = lab.bind(inbox);
    PacketDatagramChannel sender = sender();
    int held = Lab.OPTIONS.receiveFrames() + 20;
    for (int i = 0; i < held; i++) {
      sender.writeAndFlush(Lab.packet(i, Lab.at(receiver))).syncUninterruptibly();
    }
    Lab.await(() -> inbox.packets.size() == held);
    List<DatagramPacket> all = List.copyOf(inbox.packets);
    assertTrue(all.stream().anyMatch(packet -> !(packet instanceof FramePacket)));
    for (int i = 0; i < held; i++) {
      assertEquals(i, inbox.number());
    }
    sender.writeAndFlush(Lab.packet(9, Lab.at(receiver))).syncUninterruptibly();
    DatagramPacket next = inbox.take();
    assertInstanceOf(FramePacket.class, next, "the frames came back from this thread");
    assertTrue(next.release());
  }

  @Test
  void closesFromItsOwnHandler() {
    var closing =
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelRead(io.netty.channel.ChannelHandlerContext context, Object message) {
            boolean _ = ((DatagramPacket) message).release();
            Object _ = context.close();
          }
        };
    PacketDatagramChannel receiver = lab.bind(closing);
    PacketDatagramChannel sender = sender();
    for (int i = 0; i < 8; i++) {
      Object _ = sender.write(Lab.packet(i, Lab.at(receiver)));
    }
    sender.flush();
    assertTrue(receiver.closeFuture().awaitUninterruptibly(10_000));
    assertFalse(receiver.isActive());
  }
}
