package org.vexor.masque.datagram;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.vexor.masque.capsule.Varint;

/// What stands in front of a payload: the quarter stream id in a QUIC DATAGRAM (RFC 9297 §2.1), the
/// context id in every HTTP datagram of CONNECT-UDP (RFC 9298 §5).
public final class DatagramHeader {
  /// Context id of UDP payloads.
  public static final long UDP_PAYLOAD = 0;

  /// The largest quarter stream id: a quarter of the largest stream id.
  public static final long MAX_QUARTER_ID = (1L << 60) - 1;

  /// [#readQuarterId]: not a quarter stream id, or none at all; the connection is in error.
  public static final long MALFORMED = -1;

  private DatagramHeader() {}

  /// Of a request stream, whose id is a multiple of four.
  public static long quarterId(long streamId) {
    return streamId >> 2;
  }

  /// Bytes in front of a payload in a QUIC DATAGRAM.
  public static int lengthBytes(long quarterId, long contextId) {
    return Varint.length(quarterId) + Varint.length(contextId);
  }

  /// Writes what [#lengthBytes] counts.
  public static void write(ByteBuf out, long quarterId, long contextId) {
    Varint.write(out, quarterId);
    Varint.write(out, contextId);
  }

  /// What [#write] writes.
  public static byte[] bytes(long quarterId, long contextId) {
    var bytes = new byte[lengthBytes(quarterId, contextId)];
    write(Unpooled.wrappedBuffer(bytes).clear(), quarterId, contextId);
    return bytes;
  }

  /// Reads the quarter stream id at the front of a QUIC DATAGRAM, or says [#MALFORMED].
  public static long readQuarterId(ByteBuf in) {
    long id = Varint.read(in);
    return id == Varint.INCOMPLETE || id > MAX_QUARTER_ID ? MALFORMED : id;
  }
}
