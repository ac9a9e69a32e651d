package org.vexor.bench.quic;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.vexor.quic.ConnectionHandler;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicStream;
import org.vexor.quic.StreamReceiver;
import org.vexor.quic.message.MessageSender;

/// Sends transactions, a stream each, as fast as the server grants streams. Its event loop's.
final class TransactionPump implements ConnectionHandler, MessageSender.Outcome<byte[]> {
  static final int TRANSACTION_BYTES = 215;

  /// Transactions that may be under way.
  private static final int UNDER_WAY = 4_096;

  private final LongAdder acknowledged = new LongAdder();
  private final byte[] transaction = new byte[TRANSACTION_BYTES];
  private Optional<MessageSender<byte[]>> sender = Optional.empty();

  TransactionPump() {
    transaction[0] = 1;
  }

  long sent() {
    return acknowledged.sum();
  }

  @Override
  public void opened(QuicConnection connection) {
    sender = Optional.of(connection.messages(UNDER_WAY, this));
    connection.onTurn(this::pump);
    pump();
    sender.get().flush();
  }

  @Override
  public StreamReceiver streamOpened(QuicStream stream) {
    return StreamReceiver.NOTHING;
  }

  private void pump() {
    MessageSender<byte[]> now = sender.orElseThrow();
    now.settle();
    while (now.offer(transaction, transaction, 0) == MessageSender.Taken.YES) {
      // Until something is used up.
    }
  }

  @Override
  public void acknowledged(byte[] message, long takenNs) {
    acknowledged.increment();
  }

  @Override
  public void stopped(byte[] message, long takenNs) {}
}
