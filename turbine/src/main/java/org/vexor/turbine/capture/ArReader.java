package org.vexor.turbine.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Unix `ar` archives: 8 bytes of magic, then members with a header of 60 bytes, at even offsets.
final class ArReader {
  private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 60;
  private static final int SIZE_OFFSET = 48;
  private static final int SIZE_DIGITS = 10;
  private static final int END_OFFSET = 58;

  private ArReader() {}

  static Reading read(byte[] content) {
    if (content.length < MAGIC.length
        || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return new Reading.Not("no archive magic");
    }
    List<byte[]> members = new ArrayList<>();
    int at = MAGIC.length;
    while (at < content.length) {
      if (content.length - at < HEADER_BYTES
          || content[at + END_OFFSET] != '`'
          || content[at + END_OFFSET + 1] != '\n') {
        return new Reading.Not("no member header at byte " + at);
      }
      long size = decimal(content, at + SIZE_OFFSET);
      if (size < 0 || size > content.length - at - HEADER_BYTES) {
        return new Reading.Not("member at byte " + at + " has no size that fits the file");
      }
      // Names that start with a slash are the archive's own tables, not data.
      if (content[at] != '/') {
        members.add(Arrays.copyOfRange(content, at + HEADER_BYTES, at + HEADER_BYTES + (int) size));
      }
      at += HEADER_BYTES + (int) size;
      at += at & 1;
    }
    return members.isEmpty()
        ? new Reading.Not("an archive without members")
        : new Reading.Read(members, 0);
  }

  private static long decimal(byte[] bytes, int at) {
    long value = 0;
    int digits = 0;
    while (digits < SIZE_DIGITS && bytes[at + digits] >= '0' && bytes[at + digits] <= '9') {
      value = value * 10 + bytes[at + digits] - '0';
      digits++;
    }
    return digits == 0 ? -1 : value;
  }
}
