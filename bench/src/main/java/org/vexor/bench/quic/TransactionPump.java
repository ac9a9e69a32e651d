package org.vexor.bench.quic;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.vexor.quic.ConnectionHandler;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicStream;
import org.vexor.quic.StreamKind;
import org.vexor.quic.StreamReceiver;

/// Sends transactions, a stream each, as fast as the server grants streams. Its event loop's.
final class TransactionPump implements ConnectionHandler {
  static final int TRANSACTION_BYTES = 215;

  /// Streams that share a flush.
  private static final int BATCH = 64;

  private final LongAdder sent = new LongAdder();
  private final AtomicLong number = new AtomicLong();
  private final ByteBuffer transaction = ByteBuffer.allocateDirect(TRANSACTION_BYTES);

  TransactionPump() {
    transaction.put(0, (byte) 1);
  }

  long sent() {
    return sent.sum();
  }

  @Override
  public void opened(QuicConnection connection) {
    pump(connection);
  }

  @Override
  public void streamCreditChanged(QuicConnection connection) {
    pump(connection);
  }

  @Override
  public StreamReceiver streamOpened(QuicStream stream) {
    return StreamReceiver.NOTHING;
  }

  private void pump(QuicConnection connection) {
    while (connection.isOpen() && connection.streamCredit(StreamKind.UNIDIRECTIONAL) > 0) {
      long now = Math.min(BATCH, connection.streamCredit(StreamKind.UNIDIRECTIONAL));
      for (long i = 1; i <= now; i++) {
        boolean last = i == now;
        // On the event loop the stage is done before it is returned.
        var _ =
            connection
                .openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING)
                .thenAccept(stream -> send(stream, last));
      }
    }
  }

  private void send(QuicStream stream, boolean last) {
    transaction.putLong(1, number.incrementAndGet()).clear();
    stream.finish(transaction);
    if (last) {
      stream.flush();
    }
    sent.increment();
  }
}
