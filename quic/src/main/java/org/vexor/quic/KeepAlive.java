package org.vexor.quic;

import java.nio.ByteBuffer;
import org.vexor.quic.message.AbandonedStream;

/// Makes the peer answer, so that neither side's idle time-out runs out. Netty offers no PING
/// frame, so something that the peer's application can see has to be sent; which, is up to the
/// protocol spoken.
@FunctionalInterface
public interface KeepAlive {
  void send(QuicConnection connection);

  /// Sends nothing: idle connections end.
  static KeepAlive none() {
    return _ -> {};
  }

  /// Sends a datagram that the protocol ignores, say one of an unknown context.
  static KeepAlive datagram(byte[] payload) {
    byte[] copy = payload.clone();
    return connection -> connection.sendDatagram(ByteBuffer.wrap(copy));
  }

  /// Opens a unidirectional stream and gives it up before its first byte, if the peer grants one;
  /// for protocols that take a stream without an end for nothing. Costs a stream of the peer's
  /// credit.
  static KeepAlive abandonedStream() {
    return connection -> {
      boolean _ = connection.execute(() -> AbandonedStream.send(connection.channel()));
    };
  }

  /// Does it three times within the idle time-out of both sides, however often it is called: peers
  /// differ between 2 and 30 seconds, and thousands of connections should not be woken for nothing.
  static KeepAlive asThePeerNeeds(KeepAlive sign) {
    return connection -> {
      if (connection.isSilentFor(connection.idleTimeout().dividedBy(3))) {
        sign.send(connection);
      }
    };
  }
}
