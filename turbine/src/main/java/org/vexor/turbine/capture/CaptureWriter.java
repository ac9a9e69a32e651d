package org.vexor.turbine.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes datagrams to a stream as [CaptureReader] reads them, each in full before the next. Not
/// thread-safe; closes the stream it was given.
public abstract sealed class CaptureWriter implements Closeable {
  private static final int MAX_DATAGRAM_BYTES = 65_507;

  final OutputStream out;

  private CaptureWriter(OutputStream out) {
    this.out = out;
  }

  /// A list with u16 lengths.
  public static CaptureWriter u16List(OutputStream out) {
    return new U16List(out);
  }

  /// A pcap of bare IPv4 frames from and to 127.0.0.1 at the given UDP ports.
  ///
  /// @throws IOException if the file header cannot be written
  public static CaptureWriter pcap(OutputStream out, int sourcePort, int destinationPort)
      throws IOException {
    return new Pcap(out, sourcePort, destinationPort);
  }

  /// Appends one datagram.
  ///
  /// @param timeNs of arrival, since 1970; formats without times ignore it
  /// @throws IllegalArgumentException for a length no UDP datagram has
  public final void write(long timeNs, byte[] bytes, int offset, int length) throws IOException {
    if (length <= 0 || length > MAX_DATAGRAM_BYTES) {
      throw new IllegalArgumentException(
          "a datagram of " + length + " bytes; 1 to " + MAX_DATAGRAM_BYTES + " can be written");
    }
    writeHeader(timeNs, length);
    out.write(bytes, offset, length);
  }

  abstract void writeHeader(long timeNs, int length) throws IOException;

  @Override
  public final void close() throws IOException {
    out.close();
  }

  private static final class U16List extends CaptureWriter {
    U16List(OutputStream out) {
      super(out);
    }

    @Override
    void writeHeader(long timeNs, int length) throws IOException {
      out.write(length);
      out.write(length >> 8);
    }
  }

  private static final class Pcap extends CaptureWriter {
    private static final int HEADERS = 28;
    private static final int LOOPBACK = 0x7f000001;
    private final int sourcePort;
    private final int destinationPort;

    Pcap(OutputStream out, int sourcePort, int destinationPort) throws IOException {
      super(out);
      this.sourcePort = sourcePort;
      this.destinationPort = destinationPort;
      ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4).putLong(0);
      header.putInt(MAX_DATAGRAM_BYTES + HEADERS).putInt(101);
      out.write(header.array());
    }

    @Override
    void writeHeader(long timeNs, int length) throws IOException {
      ByteBuffer record = ByteBuffer.allocate(16 + HEADERS).order(ByteOrder.LITTLE_ENDIAN);
      record.putInt((int) (timeNs / 1_000_000_000L)).putInt((int) (timeNs % 1_000_000_000L));
      record.putInt(length + HEADERS).putInt(length + HEADERS);
      record.order(ByteOrder.BIG_ENDIAN);
      record.putShort((short) 0x4500).putShort((short) (length + HEADERS));
      record.putInt(0).put((byte) 64).put((byte) 17);
      record.putShort(ipChecksum(length + HEADERS)).putInt(LOOPBACK).putInt(LOOPBACK);
      // A UDP checksum of zero says that there is none, which IPv4 allows (RFC 768).
      record.putShort((short) sourcePort).putShort((short) destinationPort);
      record.putShort((short) (length + 8)).putShort((short) 0);
      out.write(record.array());
    }

    private static short ipChecksum(int totalBytes) {
      int sum =
          0x4500 + totalBytes + (64 << 8 | 17) + 2 * ((LOOPBACK >>> 16) + (LOOPBACK & 0xffff));
      sum = (sum & 0xffff) + (sum >>> 16);
      return (short) ~((sum & 0xffff) + (sum >>> 16));
    }
  }
}
