package org.vexor.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.memory.MemoryNetwork;

/// When a message, its buffer and its frame may be used again.
@ExtendWith(LeakCheck.Extension.class)
final class FramePacketTest {
  private static final InetSocketAddress FIRST =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  private static final InetSocketAddress SECOND =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);

  private final PacketEngine engine =
      new MemoryNetwork(1).engine(EngineOptions.DEFAULT.withFrames(4, 4));
  private final FramePool pool = new FramePool(engine, new OwnThread(Thread.currentThread()));
  private final List<FramePacket> borrowed = new ArrayList<>();
  private final PacketPort port =
      engine.open(
          PortOptions.bind(Endpoint.loopback(0)),
          (_, datagram) -> {
            long frame = datagram.retain();
            assertTrue(frame >= 0, "the frame of the one before is back");
            borrowed.add(pool.borrow(datagram, frame, FIRST, borrowed.isEmpty() ? FIRST : SECOND));
          });

  private record OwnThread(Thread thread) implements ThreadAwareExecutor {
    @Override
    public boolean isExecutorThread(Thread other) {
      return other == thread;
    }

    @Override
    public void execute(Runnable task) {
      ImmediateEventExecutor.INSTANCE.execute(task);
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private FramePacket receive(int value) {
    MemorySegment bytes = Arena.ofAuto().allocate(4);
    bytes.set(java.lang.foreign.ValueLayout.JAVA_INT, 0, value);
    assertTrue(port.send(bytes, 0, 4, port.localEndpoint()));
    int before = borrowed.size();
    while (borrowed.size() == before) {
      int _ = engine.doWork();
    }
    return borrowed.getLast();
  }

  @Test
  void isUsedAgainAfterItsRelease() {
    for (int i = 0; i < 20; i++) {
      FramePacket packet = receive(i);
      assertEquals(i, packet.content().getIntLE(0));
      assertEquals(1, packet.refCnt());
      assertSame(borrowed.getFirst(), packet);
      assertTrue(packet.release());
      assertEquals(0, packet.refCnt());
    }
  }

  @Test
  void isUsedAgainAfterAReleaseOnAnotherThread() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      FramePacket packet = receive(i);
      assertSame(borrowed.getFirst(), packet);
      Thread other = new Thread(() -> assertTrue(packet.release()));
      other.start();
      other.join();
    }
  }

  @Test
  void livesAsLongAsItsContentIsHeld() {
    FramePacket packet = receive(1);
    ByteBuf slice = packet.content().retainedSlice(0, 2);
    assertFalse(packet.release(), "a slice holds the frame");
    FramePacket next = receive(2);
    assertNotSame(packet, next);
    assertEquals(1, slice.getShortLE(0), "the frame was not used meanwhile");
    assertTrue(slice.release());
    assertTrue(next.release());
    assertSame(next, receive(3));
    assertSame(packet, receive(4));
    assertTrue(next.release() && packet.release());
  }

  @Test
  void tellsItsSenderAfterOnlyTheContentWasReleased() {
    FramePacket packet = receive(1);
    ByteBuf buffer = packet.content();
    assertTrue(packet.content().release());
    assertEquals(0, packet.refCnt());
    FramePacket next = receive(2);
    assertNotSame(packet, next, "somebody may still ask it");
    assertSame(buffer, next.content(), "but nobody its buffer");
    assertEquals(0, packet.refCnt());
    assertEquals(FIRST, packet.sender());
    assertEquals(SECOND, next.sender());
    assertTrue(next.release());
  }

  @Test
  void countsItsOwnRetainsWithThoseOfTheContent() {
    FramePacket packet = receive(1);
    assertSame(packet, packet.retain());
    assertFalse(packet.release());
    // As a handler does that hands a message to another thread: content retained, message released.
    ByteBuf unused = packet.content().retain();
    assertFalse(packet.release());
    assertEquals(FIRST, packet.sender());
    assertTrue(packet.release());
    assertEquals(0, unused.refCnt());
    assertSame(packet, receive(2));
    assertTrue(packet.release());
  }
}
