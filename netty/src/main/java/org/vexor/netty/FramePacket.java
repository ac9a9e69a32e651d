package org.vexor.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Datagram;

/// A received message whose content is a frame of the engine.
///
/// The object is used again when its content has no references left *and* a `release` was called on
/// the message itself, as `SimpleChannelInboundHandler` and most handlers do. A handler that
/// releases only the content, or writes it back, may read sender and recipient afterwards; such a
/// message is left to the garbage collector and its buffer gets another one: the one allocation
/// that reception can cause besides the first sight of a sender's address.
final class FramePacket extends DatagramPacket {
  private static final InetSocketAddress NOBODY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final VarHandle HOLDS;

  static {
    try {
      HOLDS = MethodHandles.lookup().findVarHandle(FramePacket.class, "holds", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final FramePool pool;
  private FrameByteBuf content;
  private InetSocketAddress recipient = NOBODY;
  private InetSocketAddress sender = NOBODY;
  private @Nullable FramePacket next;

  /// Retains less releases of the message itself.
  private volatile int holds;

  FramePacket(FramePool pool, FrameByteBuf content) {
    // The superclass's own fields are hidden by the overrides below.
    super(Unpooled.EMPTY_BUFFER, NOBODY, NOBODY);
    this.pool = pool;
    this.content = content;
  }

  /// Starts a new life.
  void begin(Datagram datagram, long frame, InetSocketAddress to, InetSocketAddress from) {
    recipient = to;
    sender = from;
    HOLDS.set(this, 1);
    content.begin(this, datagram, frame);
  }

  /// The content has no references left.
  void contentReleased(long frame) {
    pool.release(frame);
    if (holds <= 0) {
      pool.give(this);
    } else {
      pool.give(new FramePacket(pool, content));
      content = pool.ended();
    }
  }

  void next(@Nullable FramePacket packet) {
    next = packet;
  }

  @Nullable FramePacket takeNext() {
    FramePacket taken = next;
    next = null;
    return taken;
  }

  @Override
  public ByteBuf content() {
    return content;
  }

  @Override
  public InetSocketAddress sender() {
    return sender;
  }

  @Override
  public InetSocketAddress recipient() {
    return recipient;
  }

  @Override
  public int refCnt() {
    return content.refCnt();
  }

  @Override
  public FramePacket retain() {
    return retain(1);
  }

  @Override
  public FramePacket retain(int increment) {
    content.retain(increment);
    int _ = (int) HOLDS.getAndAdd(this, increment);
    return this;
  }

  @Override
  public boolean release() {
    return release(1);
  }

  @Override
  public boolean release(int decrement) {
    // First, as the content's last release looks at it.
    int _ = (int) HOLDS.getAndAdd(this, -decrement);
    return content.release(decrement);
  }

  @Override
  public FramePacket touch() {
    content.touch();
    return this;
  }

  @Override
  public FramePacket touch(Object hint) {
    content.touch(hint);
    return this;
  }

  @Override
  public String toString() {
    return "FramePacket(" + sender + " => " + recipient + ", " + content + ")";
  }
}
