package org.vexor.turbine.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lists of a little-endian length and so many bytes.
final class ListReader {
  /// Most a UDP datagram can carry.
  private static final int MAX_ITEM_BYTES = 65_535;

  private ListReader() {}

  /// Reads a whole list whose lengths take `width` bytes.
  static Reading read(byte[] content, int width) {
    List<byte[]> items = new ArrayList<>();
    int at = 0;
    while (at < content.length) {
      if (content.length - at < width) {
        return new Reading.Not("ends inside a length at byte " + at);
      }
      long length = littleEndian(content, at, width);
      at += width;
      if (length <= 0 || length > MAX_ITEM_BYTES) {
        return new Reading.Not(
            "length " + Long.toUnsignedString(length) + " at byte " + (at - width));
      }
      if (length > content.length - at) {
        return new Reading.Not("ends inside an item of " + length + " bytes at byte " + at);
      }
      items.add(Arrays.copyOfRange(content, at, at + (int) length));
      at += (int) length;
    }
    return items.isEmpty() ? new Reading.Not("empty") : new Reading.Read(items, 0);
  }

  private static long littleEndian(byte[] bytes, int at, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    return value;
  }
}
