package org.vexor.packet.connected;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Datagrams of all sockets of an engine on their way out, chained socket by socket; emptied as a
/// whole.
final class Staging {
  static final int NONE = -1;

  /// More than what a turn of the engine receives.
  private static final int SLOTS = 1024;

  /// A turn's full-sized datagrams, or sixteen of the longest.
  private static final int AREA_BYTES = 2 << 20;

  private static final int LINE_BYTES = 64;

  private final MemorySegment area = Arena.ofAuto().allocate(AREA_BYTES, LINE_BYTES);
  private final ByteBuffer bytes = area.asByteBuffer();
  private final int[] offsets = new int[SLOTS];
  private final int[] lengths = new int[SLOTS];
  private final int[] nexts = new int[SLOTS];
  private int slots;
  private int used;

  boolean hasRoom(int length) {
    return slots < SLOTS && used + length <= AREA_BYTES;
  }

  /// Copies one in, behind the socket's others.
  void add(ConnectedSocket socket, ByteBuffer payload) {
    int length = payload.remaining();
    int slot = slots++;
    offsets[slot] = used;
    lengths[slot] = length;
    nexts[slot] = NONE;
    bytes.put(used, payload, payload.position(), length);
    used += (length + LINE_BYTES - 1) & -LINE_BYTES;
    if (socket.tail == NONE) {
      socket.head = slot;
    } else {
      nexts[socket.tail] = slot;
    }
    socket.tail = slot;
  }

  MemorySegment area() {
    return area;
  }

  int offset(int slot) {
    return offsets[slot];
  }

  int length(int slot) {
    return lengths[slot];
  }

  int next(int slot) {
    return nexts[slot];
  }

  boolean isEmpty() {
    return slots == 0;
  }

  void clear() {
    slots = 0;
    used = 0;
  }
}
