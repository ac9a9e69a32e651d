package org.vexor.linux.socket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// An address as two longs in network order (IPv4 mapped to `::ffff:a.b.c.d`) and a port; for cold
/// paths.
public record Endpoint(long high, long low, int port) {
  /// The same of the JDK.
  ///
  /// @throws IllegalArgumentException when the address is unresolved
  public static Endpoint of(InetSocketAddress address) {
    InetAddress inet = address.getAddress();
    if (inet == null) {
      throw new IllegalArgumentException(address + " is unresolved; give a numeric address");
    }
    ByteBuffer bytes = ByteBuffer.wrap(inet.getAddress());
    if (bytes.remaining() == 4) {
      long low = SocketAddress.MAPPED_PREFIX | Integer.toUnsignedLong(bytes.getInt());
      return new Endpoint(0, low, address.getPort());
    }
    return new Endpoint(bytes.getLong(), bytes.getLong(), address.getPort());
  }

  /// The same for the JDK.
  public InetSocketAddress toInetSocketAddress() {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("16 bytes are an address", e);
    }
  }
}
