package org.vexor.masque.front;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vexor.masque.uri.UdpTarget;

/// The header in front of a payload between a SOCKS client and its UDP relay (RFC 1928 §7): two
/// bytes of zero, number of a fragment, kind of address, address, port.
final class SocksDatagram {
  private static final int FIXED = 4;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int PORT_BYTES = 2;

  private SocksDatagram() {}

  /// Takes the header off; the payload is what stays. Empty when it is none, or a fragment, which
  /// relays need not put together.
  static Optional<UdpTarget> read(ByteBuf datagram) {
    if (datagram.readableBytes() < FIXED + 1) {
      return Optional.empty();
    }
    int reserved = datagram.readShort();
    int fragment = datagram.readByte();
    boolean whole = reserved == 0 && fragment == 0;
    int kind = datagram.readByte();
    int length =
        switch (kind) {
          case IPV4 -> IPV4_BYTES;
          case IPV6 -> IPV6_BYTES;
          case NAME -> datagram.readUnsignedByte();
          default -> -1;
        };
    if (!whole || length < 1 || datagram.readableBytes() < length + PORT_BYTES) {
      return Optional.empty();
    }
    byte[] address = new byte[length];
    datagram.readBytes(address);
    int port = datagram.readUnsignedShort();
    if (port == 0) {
      return Optional.empty();
    }
    return kind == NAME ? named(address, port) : Optional.of(numbered(address, port));
  }

  private static Optional<UdpTarget> named(byte[] name, int port) {
    String host = new String(name, StandardCharsets.ISO_8859_1);
    return switch (UdpTarget.parse(host, Integer.toString(port))) {
      case UdpTarget.Parsed.Valid valid -> Optional.of(valid.target());
      case UdpTarget.Parsed.Invalid _ -> Optional.empty();
    };
  }

  private static UdpTarget numbered(byte[] address, int port) {
    try {
      return UdpTarget.of(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  /// The header for a payload that came from there.
  static byte[] header(UdpTarget from) {
    byte[] address =
        from.address()
            .map(InetAddress::getAddress)
            .orElseGet(() -> from.host().getBytes(StandardCharsets.ISO_8859_1));
    boolean named = from.address().isEmpty();
    int kind = named ? NAME : address.length == IPV4_BYTES ? IPV4 : IPV6;
    byte[] header = new byte[FIXED + (named ? 1 : 0) + address.length + PORT_BYTES];
    header[FIXED - 1] = (byte) kind;
    int at = FIXED;
    if (named) {
      header[at++] = (byte) address.length;
    }
    System.arraycopy(address, 0, header, at, address.length);
    header[at + address.length] = (byte) (from.port() >> 8);
    header[at + address.length + 1] = (byte) from.port();
    return header;
  }
}
