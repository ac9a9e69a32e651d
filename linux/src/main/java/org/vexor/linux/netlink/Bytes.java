package org.vexor.linux.netlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.vexor.linux.socket.SocketAddress;

/// A window of kernel bytes; a read outside gives zero, so that a short message never throws.
///
/// Numbers are in the order of the machine, which is little endian on both that are supported;
/// addresses are in network order.
final class Bytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle NETWORK_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle NETWORK_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// The two upper bits say "nested" and "network order"; they are no part of the type.
  private static final int NLA_TYPE_MASK = 0x3FFF;

  private static final int ATTRIBUTE_HEADER_BYTES = 4;
  private static final Bytes NONE = new Bytes(new byte[0]);

  private final byte[] array;
  private final int from;
  private final int length;

  Bytes(byte[] array) {
    this(array, 0, array.length);
  }

  private Bytes(byte[] array, int from, int length) {
    this.array = array;
    this.from = from;
    this.length = length;
  }

  static Bytes none() {
    return NONE;
  }

  int length() {
    return length;
  }

  private boolean has(int at, int size) {
    return at >= 0 && size >= 0 && size <= length && at <= length - size;
  }

  int u8(int at) {
    return has(at, 1) ? array[from + at] & 0xFF : 0;
  }

  int u16(int at) {
    return has(at, 2) ? (short) SHORT.get(array, from + at) & 0xFFFF : 0;
  }

  int s32(int at) {
    return has(at, 4) ? (int) INT.get(array, from + at) : 0;
  }

  long s64(int at) {
    return has(at, 8) ? (long) LONG.get(array, from + at) : 0;
  }

  /// Whether this is as long as an IPv4 or IPv6 address.
  boolean isAddress() {
    return length == 4 || length == 16;
  }

  /// The upper half of an address of 4 or 16 bytes; 0 for another length.
  long addressHigh() {
    return length == 16 ? (long) NETWORK_LONG.get(array, from) : 0;
  }

  /// The lower half of an address of 4 or 16 bytes; 0 for another length.
  long addressLow() {
    return switch (length) {
      case 4 ->
          SocketAddress.MAPPED_PREFIX | Integer.toUnsignedLong((int) NETWORK_INT.get(array, from));
      case 16 -> (long) NETWORK_LONG.get(array, from + 8);
      default -> 0;
    };
  }

  /// A MAC address in the low 48 bits, first byte highest; -1 when this is none.
  long mac() {
    if (length != 6) {
      return -1;
    }
    long mac = 0;
    for (int i = 0; i < 6; i++) {
      mac = mac << 8 | u8(i);
    }
    return mac;
  }

  /// Text up to the first zero byte.
  String text() {
    int end = from;
    while (end < from + length && array[end] != 0) {
      end++;
    }
    return new String(array, from, end - from, UTF_8);
  }

  /// A part of this; empty when it is not inside.
  Bytes window(int at, int size) {
    return has(at, size) ? new Bytes(array, from + at, size) : NONE;
  }

  /// Everything from `at`; empty when that is outside.
  Bytes after(int at) {
    return window(at, length - at);
  }

  /// The size of the attribute at `at` with its header; 0 when none fits there.
  private int attributeSize(int at) {
    int size = u16(at);
    return size >= ATTRIBUTE_HEADER_BYTES && size <= length - at ? size : 0;
  }

  /// The last attribute of `type` in this window of attributes, without its header.
  Optional<Bytes> attribute(int type) {
    Optional<Bytes> found = Optional.empty();
    int size;
    for (int at = 0; (size = attributeSize(at)) > 0; at += align(size)) {
      if ((u16(at + 2) & NLA_TYPE_MASK) == type) {
        found = Optional.of(window(at + ATTRIBUTE_HEADER_BYTES, size - ATTRIBUTE_HEADER_BYTES));
      }
    }
    return found;
  }

  /// A bit for each type of attribute that is there; bit 63 stands for 63 and all above.
  long attributeTypes() {
    long types = 0;
    int size;
    for (int at = 0; (size = attributeSize(at)) > 0; at += align(size)) {
      types |= 1L << Math.min(u16(at + 2) & NLA_TYPE_MASK, 63);
    }
    return types;
  }

  int s32Attribute(int type, int otherwise) {
    return attribute(type).filter(b -> b.length >= 4).map(b -> b.s32(0)).orElse(otherwise);
  }

  /// Netlink aligns messages and attributes to 4 bytes.
  static int align(int size) {
    return (size + 3) & ~3;
  }
}
