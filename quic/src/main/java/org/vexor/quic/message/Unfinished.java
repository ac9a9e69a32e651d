package org.vexor.quic.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vexor.quic.quiche.Scratch;

/// What came of a stream that has not ended.
final class Unfinished {
  private static final int SMALLEST_BYTES = 64;

  private final long sinceNs;
  private byte[] bytes;
  private int length;

  Unfinished(int firstBytes, long nowNs) {
    bytes = new byte[Math.max(firstBytes, SMALLEST_BYTES)];
    sinceNs = nowNs;
  }

  /// When its first bytes came.
  long sinceNs() {
    return sinceNs;
  }

  int length() {
    return length;
  }

  void add(Scratch scratch, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    scratch.copyTo(bytes, length, count);
    length += count;
  }

  ByteBuffer whole() {
    return ByteBuffer.wrap(bytes, 0, length);
  }
}
