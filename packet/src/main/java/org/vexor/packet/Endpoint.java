package org.vexor.packet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// An IP address and a UDP port number, as numbers, so that hot paths carry them without objects.
///
/// The address is the 16 bytes of IPv6 in network order, read as two longs; IPv4 is the IPv4-mapped
/// form `::ffff:a.b.c.d` (RFC 4291 §2.5.5.2). Scope ids are not carried: link-local peers are not
/// supported.
///
/// @param high bytes 0 to 7 of the address
/// @param low bytes 8 to 15 of the address
/// @param port 0 to 65535
public record Endpoint(long high, long low, int port) {
  private static final long MAPPED = 0xffffL << 32;

  public Endpoint {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }

  /// From a resolved socket address.
  ///
  /// @throws IllegalArgumentException when the host name is not resolved
  public static Endpoint of(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    if (host == null) {
      throw new IllegalArgumentException(
          "host name " + address.getHostString() + " is not resolved");
    }
    return of(host, address.getPort());
  }

  public static Endpoint of(InetAddress address, int port) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? new Endpoint(0, ipv4Low(bytes.getInt()), port)
        : new Endpoint(bytes.getLong(), bytes.getLong(), port);
  }

  /// 127.0.0.1.
  public static Endpoint loopback(int port) {
    return new Endpoint(0, ipv4Low(0x7f000001), port);
  }

  /// All addresses of this one's family, with port 0: where to bind to reach it.
  public Endpoint anyLocal() {
    return new Endpoint(0, isIpv4() ? ipv4Low(0) : 0, 0);
  }

  /// From `host:port`, `a.b.c.d:port` or `[v6]:port`; resolves host names.
  ///
  /// @throws IllegalArgumentException when it is not of that form, or the name does not resolve
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return of(InetAddress.getByName(host), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' has no port number after the last colon", e);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host name '" + host + "' does not resolve", e);
    }
  }

  /// The lower half of an IPv4 address, given in host order.
  public static long ipv4Low(int address) {
    return MAPPED | (address & 0xffffffffL);
  }

  /// Whether two halves are an IPv4 address.
  public static boolean isIpv4(long high, long low) {
    return high == 0 && (low >>> 32) == 0xffff;
  }

  public boolean isIpv4() {
    return isIpv4(high, low);
  }

  /// Whether the address is 0.0.0.0 or `::`.
  public boolean isAnyLocal() {
    return high == 0 && (low == 0 || low == MAPPED);
  }

  public Endpoint withPort(int other) {
    return new Endpoint(high, low, other);
  }

  public InetAddress address() {
    return address(high, low);
  }

  public InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(address(), port);
  }

  /// The address of two halves; allocates.
  public static InetAddress address(long high, long low) {
    byte[] bytes =
        isIpv4(high, low)
            ? ByteBuffer.allocate(4).putInt((int) low).array()
            : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  /// As a record has it; written out since the generated one costs several times as much, and
  /// tables of peers ask for every datagram.
  @Override
  public boolean equals(Object other) {
    return other instanceof Endpoint that
        && low == that.low
        && port == that.port
        && high == that.high;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(31 * high + low) + port;
  }

  /// `a.b.c.d:port` or `[v6]:port`.
  @Override
  public String toString() {
    String host = address().getHostAddress();
    return (isIpv4() ? host : "[" + host + "]") + ":" + port;
  }
}
