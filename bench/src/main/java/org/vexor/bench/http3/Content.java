package org.vexor.bench.http3;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;

/// Bytes of any length that both ends know: a block of random ones, again and again.
final class Content {
  private static final int BLOCK_BYTES = 1 << 22;

  private final ByteBuf block;

  Content() {
    var bytes = new byte[BLOCK_BYTES];
    new Random(1).nextBytes(bytes);
    block = Unpooled.unreleasableBuffer(Unpooled.directBuffer(BLOCK_BYTES).writeBytes(bytes));
  }

  /// At most `most` bytes from a position on; they are not copied.
  ByteBuf at(long position, int most) {
    int from = (int) (position % BLOCK_BYTES);
    return block.slice(from, Math.min(most, BLOCK_BYTES - from));
  }

  /// SHA-256 of the first `length` bytes.
  String digest(long length) {
    MessageDigest digest = sha256();
    long position = 0;
    while (position < length) {
      ByteBuf part = at(position, (int) Math.min(BLOCK_BYTES, length - position));
      digest.update(part.nioBuffer());
      position += part.readableBytes();
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("the JDK has SHA-256", e);
    }
  }
}
