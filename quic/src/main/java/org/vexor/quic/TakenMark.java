package org.vexor.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;

/// An empty buffer that notices when Netty's QUIC channel comes to it, which tells that the
/// datagram before it was taken.
///
/// The channel asks each message for its length as it gets to it, and skips empty ones. When
/// quiche's queue is full it completes all that is left as a success and throws it away without a
/// look; then the marks stay unseen. The promises say nothing, and the length of quiche's queue
/// cannot be asked.
final class TakenMark extends UnpooledDirectByteBuf {
  private boolean seen;

  TakenMark() {
    super(UnpooledByteBufAllocator.DEFAULT, 0, 0);
  }

  /// Writing asks for the length too; so forget after all writes, before the flush.
  void forget() {
    seen = false;
  }

  boolean seen() {
    return seen;
  }

  @Override
  public int readableBytes() {
    seen = true;
    return 0;
  }

  /// Reused for the life of the connection; its memory goes with the object.
  @Override
  public boolean release() {
    return false;
  }

  @Override
  public ByteBuf touch(Object hint) {
    return this;
  }
}
