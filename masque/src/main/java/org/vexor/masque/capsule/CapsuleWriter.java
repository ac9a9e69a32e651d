package org.vexor.masque.capsule;

import io.netty.buffer.ByteBuf;

/// Writes capsules.
public final class CapsuleWriter {
  private CapsuleWriter() {}

  /// Bytes in front of a value.
  public static int headerBytes(long type, long valueBytes) {
    return Varint.length(type) + Varint.length(valueBytes);
  }

  /// Writes what comes in front of a value of `valueBytes`.
  public static void writeHeader(ByteBuf out, long type, long valueBytes) {
    Varint.write(out, type);
    Varint.write(out, valueBytes);
  }

  /// Writes a whole capsule; `value` is read to its end.
  public static void write(ByteBuf out, long type, ByteBuf value) {
    writeHeader(out, type, value.readableBytes());
    out.writeBytes(value);
  }
}
