package org.vexor.packet.socket;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.vexor.linux.Errno;
import org.vexor.linux.socket.ReceiveBatch;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.Endpoint;

/// Reads a socket's error queue and passes on what tells of closed ports. Owner thread only.
final class ErrorReader {
  /// Of one call; more are rare, as hosts limit how many answers they give.
  private static final int BATCH = 16;

  /// More than the payload that an ICMP message quotes of a datagram: 576 bytes with all headers
  /// (RFC 1812 §4.3.2.3), and the beginning is enough.
  private static final int QUOTED_BYTES = 128;

  /// Calls in a row: who forges answers must not keep the port from its work.
  private static final int CALLS = 4;

  private final ReceiveBatch batch = new ReceiveBatch(Arena.ofAuto(), BATCH, QUOTED_BYTES);
  private final ByteBuffer quoted = batch.payload().asByteBuffer().asReadOnlyBuffer();

  void read(SocketPort port, DatagramHandler handler) {
    int got = BATCH;
    for (int call = 0; call < CALLS && got == BATCH && port.isOpen(); call++) {
      got = batch.receiveErrors(port.number());
      for (int i = 0; i < got && port.isOpen(); i++) {
        if (batch.reportedByHost(i) == Errno.ECONNREFUSED) {
          int offset = Math.toIntExact(batch.offset(i));
          handler.onUndelivered(
              port,
              new Endpoint(batch.sourceHigh(i), batch.sourceLow(i), batch.sourcePort(i)),
              quoted.clear().position(offset).limit(offset + batch.length(i)));
        }
      }
    }
  }
}
