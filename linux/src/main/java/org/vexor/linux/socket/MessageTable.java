package org.vexor.linux.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// An array of mmsghdr with one name, one iovec and one control area each, wired up once.
///
/// Layouts (64 bits, linux/socket.h): mmsghdr 64 = name 0, namelen 8, iov 16, iovlen 24, control
/// 32, controllen 40, flags 48, len 56; iovec 16 = base, length; cmsghdr 16 = length 0, level 8,
/// type 12, then data, padded to 8.
final class MessageTable {
  static final int HEADER_BYTES = 64;
  static final int NAME_LENGTH = 8;
  static final int VECTORS = 16;
  static final int VECTOR_COUNT = 24;
  static final int CONTROL = 32;
  static final int CONTROL_LENGTH = 40;
  static final int FLAGS = 48;
  static final int LENGTH = 56;
  static final int NAME_BYTES = 32;
  static final int IOVEC_BYTES = 16;
  static final int CMSG_HEADER_BYTES = 16;

  final MemorySegment headers;
  final MemorySegment names;
  final MemorySegment vectors;
  final MemorySegment controls;
  final int capacity;
  final int controlBytes;

  MessageTable(Arena arena, int capacity, int controlBytes) {
    if (capacity < 1 || capacity > 1024) {
      // UIO_MAXIOV: the kernel looks at no more in one call.
      throw new IllegalArgumentException("a batch holds 1..1024 messages, not " + capacity);
    }
    this.capacity = capacity;
    this.controlBytes = controlBytes;
    headers = arena.allocate((long) capacity * HEADER_BYTES, 64);
    names = arena.allocate((long) capacity * NAME_BYTES, 8);
    vectors = arena.allocate((long) capacity * IOVEC_BYTES, 8);
    controls = arena.allocate((long) capacity * controlBytes, 8);
    for (int i = 0; i < capacity; i++) {
      long header = header(i);
      headers.set(JAVA_LONG, header, names.address() + name(i));
      headers.set(JAVA_LONG, header + VECTORS, vectors.address() + vector(i));
      headers.set(JAVA_LONG, header + VECTOR_COUNT, 1);
      headers.set(JAVA_LONG, header + CONTROL, controls.address() + control(i));
    }
  }

  static long header(int i) {
    return (long) i * HEADER_BYTES;
  }

  static long name(int i) {
    return (long) i * NAME_BYTES;
  }

  static long vector(int i) {
    return (long) i * IOVEC_BYTES;
  }

  long control(int i) {
    return (long) i * controlBytes;
  }

  /// The offset in `controls` of the data of a control message that tells of an option, or -1.
  long findControl(int i, SocketOption option, int dataBytes) {
    return findControl(i, option.level(), option.number(), dataBytes);
  }

  /// The offset in `controls` of the data of a control message, or -1.
  long findControl(int i, int level, int type, int dataBytes) {
    long at = control(i);
    long given = headers.get(JAVA_LONG, header(i) + CONTROL_LENGTH);
    long end = at + Math.clamp(given, 0, controlBytes);
    while (end - at >= CMSG_HEADER_BYTES) {
      long length = controls.get(JAVA_LONG, at);
      if (length < CMSG_HEADER_BYTES || length > end - at) {
        return -1;
      }
      if (controls.get(JAVA_INT, at + 8) == level
          && controls.get(JAVA_INT, at + 12) == type
          && length >= CMSG_HEADER_BYTES + dataBytes) {
        return at + CMSG_HEADER_BYTES;
      }
      at += (length + 7) & ~7L;
    }
    return -1;
  }
}
