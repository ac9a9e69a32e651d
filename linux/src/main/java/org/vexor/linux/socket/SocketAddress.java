package org.vexor.linux.socket;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads and writes sockaddr_in and sockaddr_in6 (linux/in.h, linux/in6.h) in place.
///
/// An address is two longs as on the wire, big endian; IPv4 is mapped to `::ffff:a.b.c.d`.
/// Allocates nothing; reads of an unknown family give the unspecified address and port 0.
public final class SocketAddress {
  /// The room for either structure.
  public static final int MAX_BYTES = 28;

  /// The upper half of the 64 bits that hold a mapped IPv4 address.
  public static final long MAPPED_PREFIX = 0xFFFF_0000_0000L;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort FAMILY = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final short INET = (short) AddressFamily.INET.number();
  private static final short INET6 = (short) AddressFamily.INET6.number();

  private SocketAddress() {}

  /// Whether the two longs are a mapped IPv4 address.
  public static boolean isIpv4(long high, long low) {
    return high == 0 && (low >>> 32) == 0xFFFF;
  }

  /// Writes an address for a socket of `family`.
  ///
  /// @return the length of the structure; -1 when an IPv4 socket cannot name that address
  public static int write(
      MemorySegment to, long offset, AddressFamily family, long high, long low, int port) {
    if (family == AddressFamily.INET) {
      if (!isIpv4(high, low) && (high | low) != 0) {
        return -1;
      }
      to.set(FAMILY, offset, INET);
      to.set(SHORT, offset + 2, (short) port);
      to.set(INT, offset + 4, (int) low);
      to.set(LONG, offset + 8, 0);
      return 16;
    }
    to.set(FAMILY, offset, INET6);
    to.set(SHORT, offset + 2, (short) port);
    to.set(INT, offset + 4, 0);
    to.set(LONG, offset + 8, high);
    to.set(LONG, offset + 16, low);
    to.set(INT, offset + 24, 0);
    return 28;
  }

  /// The upper half of the address.
  public static long high(MemorySegment from, long offset) {
    return from.get(FAMILY, offset) == INET6 ? from.get(LONG, offset + 8) : 0;
  }

  /// The lower half of the address.
  public static long low(MemorySegment from, long offset) {
    short family = from.get(FAMILY, offset);
    if (family == INET6) {
      return from.get(LONG, offset + 16);
    }
    return family == INET ? MAPPED_PREFIX | Integer.toUnsignedLong(from.get(INT, offset + 4)) : 0;
  }

  /// The port, 0..65535.
  public static int port(MemorySegment from, long offset) {
    short family = from.get(FAMILY, offset);
    return family == INET || family == INET6 ? from.get(SHORT, offset + 2) & 0xFFFF : 0;
  }

  /// An address and a port for messages; allocates.
  public static String text(long high, long low, int port) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    try {
      // The JDK turns mapped addresses into IPv4 by itself.
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port).toString().substring(1);
    } catch (UnknownHostException e) {
      throw new AssertionError("16 bytes are an address", e);
    }
  }
}
