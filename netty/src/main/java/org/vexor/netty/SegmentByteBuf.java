package org.vexor.netty;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.netty.buffer.AbstractReferenceCountedByteBuf;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;

/// A Netty buffer over a stretch of native memory, to be pointed at one stretch after another.
///
/// Every access is checked against the buffer, by Netty, and against the memory's own bounds and
/// life, by the segment. Plain reads, writes and copies allocate nothing.
abstract class SegmentByteBuf extends AbstractReferenceCountedByteBuf {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private MemorySegment memory = MemorySegment.NULL;
  private long base;

  /// The memory, or the stretch of it; its position and limit never change.
  private ByteBuffer view = ByteBuffer.allocate(0);

  /// The same, for [#internalNioBuffer].
  private ByteBuffer scratch = view;

  /// Where in [#view] this buffer begins.
  private int viewBase;

  private int capacity;

  protected SegmentByteBuf() {
    super(0);
  }

  /// Points it at a stretch, with one reference and all of it readable.
  protected final void cover(MemorySegment segment, long offset, int length) {
    boolean oneView = segment.byteSize() <= Integer.MAX_VALUE;
    if (!oneView || !segment.equals(memory)) {
      // A view of everything is made once; of what is too large for one, for each stretch.
      view = (oneView ? segment : segment.asSlice(offset, length)).asByteBuffer();
      scratch = view.duplicate();
      memory = segment;
    }
    viewBase = oneView ? (int) offset : 0;
    base = offset;
    capacity = length;
    maxCapacity(length);
    resetRefCnt();
    setIndex(0, 0).markReaderIndex().markWriterIndex().writerIndex(length);
  }

  @Override
  public final int capacity() {
    return capacity;
  }

  @Override
  public final ByteBuf capacity(int newCapacity) {
    checkNewCapacity(newCapacity);
    trimIndicesToCapacity(newCapacity);
    capacity = newCapacity;
    return this;
  }

  @Override
  public final ByteBufAllocator alloc() {
    return UnpooledByteBufAllocator.DEFAULT;
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public final ByteOrder order() {
    return ByteOrder.BIG_ENDIAN;
  }

  @Override
  @SuppressWarnings("NullAway") // Netty's contract: null when nothing is wrapped.
  public final ByteBuf unwrap() {
    return null;
  }

  @Override
  public final boolean isDirect() {
    return true;
  }

  @Override
  public final boolean hasArray() {
    return false;
  }

  @Override
  public final byte[] array() {
    throw new UnsupportedOperationException("direct buffer");
  }

  @Override
  public final int arrayOffset() {
    throw new UnsupportedOperationException("direct buffer");
  }

  @Override
  public final boolean hasMemoryAddress() {
    return true;
  }

  @Override
  public final long memoryAddress() {
    return memory.address() + base;
  }

  @Override
  protected final byte _getByte(int index) {
    return memory.get(JAVA_BYTE, base + index);
  }

  @Override
  protected final short _getShort(int index) {
    return memory.get(SHORT, base + index);
  }

  @Override
  protected final short _getShortLE(int index) {
    return Short.reverseBytes(_getShort(index));
  }

  @Override
  protected final int _getUnsignedMedium(int index) {
    return ((_getShort(index) & 0xffff) << 8) | (_getByte(index + 2) & 0xff);
  }

  @Override
  protected final int _getUnsignedMediumLE(int index) {
    return (_getShortLE(index) & 0xffff) | ((_getByte(index + 2) & 0xff) << 16);
  }

  @Override
  protected final int _getInt(int index) {
    return memory.get(INT, base + index);
  }

  @Override
  protected final int _getIntLE(int index) {
    return Integer.reverseBytes(_getInt(index));
  }

  @Override
  protected final long _getLong(int index) {
    return memory.get(LONG, base + index);
  }

  @Override
  protected final long _getLongLE(int index) {
    return Long.reverseBytes(_getLong(index));
  }

  @Override
  protected final void _setByte(int index, int value) {
    memory.set(JAVA_BYTE, base + index, (byte) value);
  }

  @Override
  protected final void _setShort(int index, int value) {
    memory.set(SHORT, base + index, (short) value);
  }

  @Override
  protected final void _setShortLE(int index, int value) {
    _setShort(index, Short.reverseBytes((short) value));
  }

  @Override
  protected final void _setMedium(int index, int value) {
    _setShort(index, value >> 8);
    _setByte(index + 2, value);
  }

  @Override
  protected final void _setMediumLE(int index, int value) {
    _setShortLE(index, value);
    _setByte(index + 2, value >> 16);
  }

  @Override
  protected final void _setInt(int index, int value) {
    memory.set(INT, base + index, value);
  }

  @Override
  protected final void _setIntLE(int index, int value) {
    _setInt(index, Integer.reverseBytes(value));
  }

  @Override
  protected final void _setLong(int index, long value) {
    memory.set(LONG, base + index, value);
  }

  @Override
  protected final void _setLongLE(int index, long value) {
    _setLong(index, Long.reverseBytes(value));
  }

  @Override
  public final ByteBuf getBytes(int index, ByteBuf dst, int dstIndex, int length) {
    checkDstIndex(index, length, dstIndex, dst.capacity());
    if (dst.hasArray()) {
      MemorySegment.copy(
          memory, JAVA_BYTE, base + index, dst.array(), dst.arrayOffset() + dstIndex, length);
    } else if (dst.nioBufferCount() == 1) {
      ByteBuffer to = dst.internalNioBuffer(dstIndex, length);
      to.put(to.position(), view, viewBase + index, length);
    } else {
      dst.setBytes(dstIndex, nioBuffer(index, length));
    }
    return this;
  }

  @Override
  public final ByteBuf getBytes(int index, byte[] dst, int dstIndex, int length) {
    checkDstIndex(index, length, dstIndex, dst.length);
    MemorySegment.copy(memory, JAVA_BYTE, base + index, dst, dstIndex, length);
    return this;
  }

  @Override
  public final ByteBuf getBytes(int index, ByteBuffer dst) {
    int length = dst.remaining();
    checkIndex(index, length);
    dst.put(dst.position(), view, viewBase + index, length).position(dst.limit());
    return this;
  }

  @Override
  public final ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
    byte[] bytes = new byte[length];
    getBytes(index, bytes);
    out.write(bytes);
    return this;
  }

  @Override
  public final int getBytes(int index, GatheringByteChannel out, int length) throws IOException {
    return out.write(nioBuffer(index, length));
  }

  @Override
  public final int getBytes(int index, FileChannel out, long position, int length)
      throws IOException {
    return out.write(nioBuffer(index, length), position);
  }

  @Override
  public final ByteBuf setBytes(int index, ByteBuf src, int srcIndex, int length) {
    checkSrcIndex(index, length, srcIndex, src.capacity());
    src.getBytes(srcIndex, internalNioBuffer(index, length));
    return this;
  }

  @Override
  public final ByteBuf setBytes(int index, byte[] src, int srcIndex, int length) {
    checkSrcIndex(index, length, srcIndex, src.length);
    MemorySegment.copy(src, srcIndex, memory, JAVA_BYTE, base + index, length);
    return this;
  }

  @Override
  public final ByteBuf setBytes(int index, ByteBuffer src) {
    internalNioBuffer(index, src.remaining()).put(src);
    return this;
  }

  @Override
  public final int setBytes(int index, InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    checkIndex(index, length);
    int read = in.read(bytes);
    if (read > 0) {
      setBytes(index, bytes, 0, read);
    }
    return read;
  }

  @Override
  public final int setBytes(int index, ScatteringByteChannel in, int length) throws IOException {
    return in.read(nioBuffer(index, length));
  }

  @Override
  public final int setBytes(int index, FileChannel in, long position, int length)
      throws IOException {
    return in.read(nioBuffer(index, length), position);
  }

  @Override
  public final ByteBuf copy(int index, int length) {
    checkIndex(index, length);
    return alloc().directBuffer(length).writeBytes(this, index, length);
  }

  @Override
  public final int nioBufferCount() {
    return 1;
  }

  @Override
  public final ByteBuffer nioBuffer(int index, int length) {
    checkIndex(index, length);
    return view.slice(viewBase + index, length);
  }

  /// Shared by all calls, as Netty's contract has it: for the thread that reads the buffer.
  @Override
  public final ByteBuffer internalNioBuffer(int index, int length) {
    checkIndex(index, length);
    return scratch.limit(viewBase + index + length).position(viewBase + index);
  }

  @Override
  public final ByteBuffer[] nioBuffers(int index, int length) {
    return new ByteBuffer[] {nioBuffer(index, length)};
  }
}
