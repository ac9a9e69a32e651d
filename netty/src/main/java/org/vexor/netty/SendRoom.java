package org.vexor.netty;

/// The room of a reservation as a buffer, so that Netty's buffers of every kind copy themselves
/// into it: they do so without allocating, as they do not into a `ByteBuffer`. Belongs to the
/// port's owner, and is not counted.
final class SendRoom extends SegmentByteBuf {
  @Override
  protected void deallocate() {}
}
