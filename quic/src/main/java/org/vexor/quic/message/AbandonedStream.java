package org.vexor.quic.message;

import io.netty.handler.codec.quic.QuicChannel;
import org.vexor.quic.quiche.QuicheCalls;
import org.vexor.quic.quiche.Scratch;

/// A unidirectional stream that is given up before its first byte: the least that makes a peer
/// answer, as Netty offers no PING.
public final class AbandonedStream {
  private static final int NO_ERROR = 0;

  private AbandonedStream() {}

  /// Opens one and gives it up, if the peer grants one. Event loop only.
  public static void send(QuicChannel channel) {
    Object connection = QuicheCalls.connection(channel);
    long address = QuicheCalls.address(connection);
    if (address == -1 || QuicheCalls.streamsLeft(address) <= 0) {
      return;
    }
    long stream = QuicheCalls.nextStream(channel);
    int _ = QuicheCalls.send(address, stream, Scratch.ofThread().address(), 0, false);
    int _ = QuicheCalls.shutdown(address, stream, QuicheCalls.SHUTDOWN_WRITE, NO_ERROR);
    QuicheCalls.sendAndFlush(channel);
  }
}
