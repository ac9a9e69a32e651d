package org.vexor.netty;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Datagram;

/// A buffer over a frame that the engine lent until it is released. Its capacity is the datagram;
/// it does not grow.
final class FrameByteBuf extends SegmentByteBuf {
  private static final ResourceLeakDetector<ByteBuf> LEAKS =
      ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ByteBuf.class);

  private @Nullable FramePacket packet;
  private @Nullable ResourceLeakTracker<ByteBuf> leak;
  private long frame;

  /// One that is no message's content and has no references.
  FrameByteBuf() {
    setRefCnt(0);
  }

  /// Starts a new life as the content of a message: one reference, all of the datagram to be read.
  void begin(FramePacket message, Datagram datagram, long retained) {
    packet = message;
    frame = retained;
    cover(datagram.segment(), datagram.offset(), datagram.length());
    leak = LEAKS.track(this);
  }

  @Override
  public ByteBuf touch() {
    if (leak != null) {
      leak.record();
    }
    return this;
  }

  @Override
  public ByteBuf touch(Object hint) {
    if (leak != null) {
      leak.record(hint);
    }
    return this;
  }

  @Override
  protected void deallocate() {
    if (leak != null) {
      boolean _ = leak.close(this);
      leak = null;
    }
    FramePacket message = packet;
    packet = null;
    if (message != null) {
      message.contentReleased(frame);
    }
  }
}
