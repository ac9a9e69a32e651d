package org.vexor.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Reads the captures among the fixtures: classic pcap files of our own making, little-endian,
/// Ethernet, IPv4 without options, UDP without fragments. What is anything else is a fault of the
/// fixture and throws.
public final class Pcap {
  private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final int CAPTURED_LENGTH_OFFSET = 8;
  private static final int UDP_LENGTH_OFFSET = 14 + 20 + 4;
  private static final int PAYLOAD_OFFSET = 14 + 20 + 8;

  private Pcap() {}

  /// The payloads of all datagrams of a fixture below `solana/`, in order; skips the calling test
  /// when there is none.
  public static List<byte[]> solanaDatagrams(String name) {
    ByteBuffer file = ByteBuffer.wrap(Fixtures.solanaBytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    if (file.getInt(0) != MAGIC_MICROSECONDS) {
      throw new IllegalArgumentException(name + " is not a little-endian pcap file");
    }
    var payloads = new ArrayList<byte[]>();
    int at = FILE_HEADER_BYTES;
    while (at < file.limit()) {
      int captured = file.getInt(at + CAPTURED_LENGTH_OFFSET);
      at += RECORD_HEADER_BYTES;
      int udpBytes = Short.toUnsignedInt(Short.reverseBytes(file.getShort(at + UDP_LENGTH_OFFSET)));
      byte[] payload = new byte[udpBytes - 8];
      file.get(at + PAYLOAD_OFFSET, payload);
      payloads.add(payload);
      at += captured;
    }
    return payloads;
  }
}
