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

  private final FramePacket packet;
  private @Nullable ResourceLeakTracker<ByteBuf> leak;
  private long frame;

  FrameByteBuf(FramePacket packet) {
    this.packet = packet;
  }

  /// Starts a new life: one reference, all of the datagram to be read.
  void begin(Datagram datagram, long retained) {
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
    packet.contentReleased(frame);
  }
}
