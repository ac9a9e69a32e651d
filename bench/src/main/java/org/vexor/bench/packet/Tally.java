package org.vexor.bench.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.vexor.linux.MappedMemory;
import org.vexor.packet.Datagram;

/// What was received: how much, and each number how often. One thread.
final class Tally {
  static final ValueLayout.OfLong NUMBER =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// A number and a time.
  static final int STAMP_BYTES = 16;

  private static final long NUMBERS = 1L << 30;

  /// A bit for each number; the kernel gives memory where it is touched.
  private final MemorySegment seen = MappedMemory.mapAnonymous(Arena.ofAuto(), NUMBERS / 8);

  private long packets;
  private long bytes;
  private long distinct;
  private long repeated;
  private long bad;

  void add(Datagram datagram) {
    packets++;
    bytes += datagram.length();
    if (datagram.length() < STAMP_BYTES) {
      bad++;
      return;
    }
    long number = datagram.segment().get(NUMBER, datagram.offset());
    if (number < 0 || number >= NUMBERS) {
      bad++;
      return;
    }
    byte now = seen.get(ValueLayout.JAVA_BYTE, number >>> 3);
    int bit = 1 << (number & 7);
    if ((now & bit) == 0) {
      seen.set(ValueLayout.JAVA_BYTE, number >>> 3, (byte) (now | bit));
      distinct++;
    } else {
      repeated++;
    }
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  /// Counts from zero again; numbers seen before are forgotten.
  void reset() {
    packets = 0;
    bytes = 0;
    distinct = 0;
    repeated = 0;
    bad = 0;
    seen.fill((byte) 0);
  }

  String json() {
    return ",\"distinct\":" + distinct + ",\"repeat\":" + repeated + ",\"bad\":" + bad;
  }
}
