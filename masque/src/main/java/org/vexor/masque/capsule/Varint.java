package org.vexor.masque.capsule;

import io.netty.buffer.ByteBuf;

/// QUIC's integers of 1, 2, 4 or 8 bytes (RFC 9000 §16). Longer forms than needed are read as well.
public final class Varint {
  /// The largest: 2^62 - 1.
  public static final long MAX = (1L << 62) - 1;

  /// [#read] and [#peek]: the bytes end before the integer does.
  public static final long INCOMPLETE = -1;

  /// Bytes of the longest form.
  public static final int MAX_BYTES = 8;

  private static final int ONE_BYTE_MAX = 63;
  private static final int TWO_BYTES_MAX = 16_383;
  private static final int FOUR_BYTES_MAX = (1 << 30) - 1;

  private Varint() {}

  /// Bytes that [#write] takes for `value`.
  ///
  /// @throws IllegalArgumentException when it is negative or above [#MAX]
  public static int length(long value) {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException("varint " + value + " is not between 0 and 2^62 - 1");
    }
    if (value <= ONE_BYTE_MAX) {
      return 1;
    }
    if (value <= TWO_BYTES_MAX) {
      return 2;
    }
    return value <= FOUR_BYTES_MAX ? 4 : MAX_BYTES;
  }

  /// Writes the shortest form.
  ///
  /// @throws IllegalArgumentException when it is negative or above [#MAX]
  public static void write(ByteBuf out, long value) {
    switch (length(value)) {
      case 1 -> out.writeByte((int) value);
      case 2 -> out.writeShort((int) (value | 0x4000));
      case 4 -> out.writeInt((int) (value | 0x8000_0000L));
      default -> out.writeLong(value | 0xc000_0000_0000_0000L);
    }
  }

  /// Bytes of the integer that begins with this byte.
  public static int lengthOfForm(int firstByte) {
    return 1 << ((firstByte & 0xff) >>> 6);
  }

  /// Reads one, or nothing and answers [#INCOMPLETE].
  public static long read(ByteBuf in) {
    long value = peek(in, in.readerIndex());
    if (value != INCOMPLETE) {
      in.skipBytes(lengthOfForm(in.getByte(in.readerIndex())));
    }
    return value;
  }

  /// The integer that begins at `index`, or [#INCOMPLETE] when it reaches beyond the readable
  /// bytes.
  public static long peek(ByteBuf in, int index) {
    if (index >= in.writerIndex()) {
      return INCOMPLETE;
    }
    int length = lengthOfForm(in.getByte(index));
    if (in.writerIndex() - index < length) {
      return INCOMPLETE;
    }
    return switch (length) {
      case 1 -> in.getByte(index) & ONE_BYTE_MAX;
      case 2 -> in.getShort(index) & TWO_BYTES_MAX;
      case 4 -> in.getInt(index) & FOUR_BYTES_MAX;
      default -> in.getLong(index) & MAX;
    };
  }
}
