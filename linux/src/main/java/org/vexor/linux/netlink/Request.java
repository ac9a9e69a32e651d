package org.vexor.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.vexor.linux.socket.SocketAddress;

/// Builds one netlink request: header, family header, attributes.
final class Request {
  /// Far above what any request here needs.
  private static final int CAPACITY = 512;

  private final ByteBuffer buffer =
      ByteBuffer.allocate(CAPACITY).order(ByteOrder.LITTLE_ENDIAN).position(Message.HEADER_BYTES);
  private final String what;
  private final int type;
  private final int flags;

  /// @param what for messages: "dump of routes"
  Request(String what, int type, int flags) {
    this.what = what;
    this.type = type;
    this.flags = NetlinkSocket.NLM_F_REQUEST | flags;
  }

  @Override
  public String toString() {
    return what;
  }

  /// Appends the family header, padded to 4.
  Request header(byte... bytes) {
    buffer.put(bytes);
    return pad();
  }

  Request attribute(int attribute, byte[] value) {
    buffer.putShort((short) (4 + value.length)).putShort((short) attribute).put(value);
    return pad();
  }

  Request attribute(int attribute, int value) {
    buffer.putShort((short) 8).putShort((short) attribute).putInt(value);
    return this;
  }

  private Request pad() {
    while ((buffer.position() & 3) != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  /// Appends an address as 4 or 16 bytes.
  Request address(int attribute, long high, long low) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    return attribute(
        attribute, SocketAddress.isIpv4(high, low) ? Arrays.copyOfRange(bytes, 12, 16) : bytes);
  }

  byte[] encode(int sequence) {
    byte[] bytes = new byte[buffer.position()];
    buffer.putInt(0, bytes.length).putShort(4, (short) type).putShort(6, (short) flags);
    buffer.putInt(8, sequence);
    buffer.get(0, bytes);
    return bytes;
  }
}
