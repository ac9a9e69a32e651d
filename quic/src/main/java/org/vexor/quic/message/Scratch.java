package org.vexor.quic.message;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// Memory that quiche reads from and writes to, and fetches stream numbers into: one for all
/// connections of an event loop. What is in it is gone at the next call.
final class Scratch {
  /// Longer than any message may be.
  static final int CAPACITY_BYTES = 64 * 1024;

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
  private final long[] streams = new long[STREAMS];

  private Scratch() {
    memory = Arena.ofAuto().allocate(CAPACITY_BYTES);
    flags = Arena.ofAuto().allocate(FLAGS_BYTES, Long.BYTES);
    bytes = memory.asByteBuffer();
  }

  /// That of the calling event loop.
  static Scratch ofThread() {
    return OF_THREAD.get();
  }

  long[] streams() {
    return streams;
  }

  long address() {
    return memory.address();
  }

  long endFlagAddress() {
    return flags.address();
  }

  long resetCodeAddress() {
    return flags.address() + RESET_CODE_OFFSET;
  }

  boolean ended() {
    return flags.get(ValueLayout.JAVA_BYTE, 0) != 0;
  }

  void fill(byte[] source, int offset, int length) {
    MemorySegment.copy(source, offset, memory, ValueLayout.JAVA_BYTE, 0, length);
  }

  void copyTo(byte[] target, int offset, int length) {
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, target, offset, length);
  }

  /// The first bytes, to be lent out.
  ByteBuffer lend(int length) {
    return bytes.clear().limit(length);
  }
}
