package org.vexor.netty;

import io.netty.util.concurrent.ThreadAwareExecutor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Datagram;
import org.vexor.packet.PacketEngine;

/// The messages of one event loop, used again and again. There are never more than the engine has
/// frames.
///
/// The loop takes; whoever ends a message gives it back on any thread. Those of other threads come
/// by a linked stack that the loop takes as a whole, so there is no ABA.
final class FramePool {
  private static final VarHandle RETURNED;

  static {
    try {
      RETURNED =
          MethodHandles.lookup().findVarHandle(FramePool.class, "returned", FramePacket.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final PacketEngine engine;
  private final ThreadAwareExecutor executor;
  private final ArrayDeque<FramePacket> free = new ArrayDeque<>();
  private final FrameByteBuf ended = new FrameByteBuf();
  private volatile @Nullable FramePacket returned;

  FramePool(PacketEngine engine, ThreadAwareExecutor executor) {
    this.engine = engine;
    this.executor = executor;
  }

  /// A message over a datagram's frame. Loop thread.
  ///
  /// @param frame what [Datagram#retain] answered
  FramePacket borrow(
      Datagram datagram, long frame, InetSocketAddress recipient, InetSocketAddress sender) {
    FramePacket packet = take();
    packet.begin(datagram, frame, recipient, sender);
    return packet;
  }

  /// The memory of a message is not needed any more. Any thread.
  void release(long frame) {
    engine.release(frame);
  }

  /// What a message has for its content whose buffer serves another: one without references.
  FrameByteBuf ended() {
    return ended;
  }

  /// A message is not referred to any more. Any thread.
  void give(FramePacket packet) {
    if (executor.isExecutorThread(Thread.currentThread())) {
      free.push(packet);
      return;
    }
    FramePacket head;
    do {
      head = returned;
      packet.next(head);
    } while (!RETURNED.compareAndSet(this, head, packet));
  }

  private FramePacket take() {
    if (free.isEmpty() && returned != null) {
      var packet = (FramePacket) RETURNED.getAndSet(this, (FramePacket) null);
      while (packet != null) {
        free.push(packet);
        packet = packet.takeNext();
      }
    }
    FramePacket packet = free.poll();
    return packet == null ? new FramePacket(this, new FrameByteBuf()) : packet;
  }
}
