package org.vexor.quic.quiche;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// Memory that quiche reads from and writes to, and fetches stream numbers into: one for all
/// connections of an event loop. What is in it is gone at the next call.
public final class Scratch {
  /// Longer than any message may be.
  public static final int CAPACITY_BYTES = 64 * 1024;

  /// Stream numbers fetched at a time.
  private static final int STREAMS = 128;

  private static final int FLAGS_BYTES = 16;
  private static final int RESET_CODE_OFFSET = 8;

  private static final FastThreadLocal<Scratch> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
          return new Scratch();
        }
      };

  private final MemorySegment memory;
  private final MemorySegment flags;
  private final ByteBuffer bytes;
  private final ByteBuf buffer;
  private final long[] streams = new long[STREAMS];

  private Scratch() {
    memory = Arena.ofAuto().allocate(CAPACITY_BYTES);
    flags = Arena.ofAuto().allocate(FLAGS_BYTES, Long.BYTES);
    bytes = memory.asByteBuffer();
    buffer = Unpooled.wrappedBuffer(memory.asByteBuffer());
  }

  /// That of the calling event loop.
  public static Scratch ofThread() {
    return OF_THREAD.get();
  }

  public long[] streams() {
    return streams;
  }

  public long address() {
    return memory.address();
  }

  public long endFlagAddress() {
    return flags.address();
  }

  public long resetCodeAddress() {
    return flags.address() + RESET_CODE_OFFSET;
  }

  public boolean ended() {
    return flags.get(ValueLayout.JAVA_BYTE, 0) != 0;
  }

  public void fill(byte[] source, int offset, int length) {
    MemorySegment.copy(source, offset, memory, ValueLayout.JAVA_BYTE, 0, length);
  }

  public void copyTo(byte[] target, int offset, int length) {
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, target, offset, length);
  }

  /// The memory as a buffer, never to be released: others of its kind copy themselves into it
  /// without making objects.
  public ByteBuf buffer() {
    return buffer;
  }

  /// The first bytes, to be lent out.
  public ByteBuffer lend(int length) {
    return bytes.clear().limit(length);
  }
}
