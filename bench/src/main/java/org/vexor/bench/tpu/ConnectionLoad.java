package org.vexor.bench.tpu;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.vexor.quic.CloseReason;
import org.vexor.quic.ConnectionHandler;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicStream;
import org.vexor.quic.StreamReceiver;
import org.vexor.quic.message.MessageSender;

/// One of many connections that send as fast as the server lets them. Its event loop's.
final class ConnectionLoad implements ConnectionHandler, MessageSender.Outcome<byte[]> {
  private final LongAdder acknowledged;
  private final LongAdder closed;
  private final SignedPool pool;
  private final int underWay;
  private Optional<MessageSender<byte[]>> sender = Optional.empty();

  /// @param underWay of this connection, at most; so that many share the path
  ConnectionLoad(SignedPool pool, int underWay, LongAdder acknowledged, LongAdder closed) {
    this.pool = pool;
    this.underWay = underWay;
    this.acknowledged = acknowledged;
    this.closed = closed;
  }

  @Override
  public void opened(QuicConnection connection) {
    sender = Optional.of(connection.messages(underWay, this));
    connection.onTurn(this::pump);
    pump();
    sender.get().flush();
  }

  private void pump() {
    MessageSender<byte[]> to = sender.orElseThrow();
    to.settle();
    byte[] next = pool.next();
    while (to.offer(next, next, 0) == MessageSender.Taken.YES) {
      next = pool.next();
    }
  }

  @Override
  public void acknowledged(byte[] message, long takenNs) {
    acknowledged.increment();
  }

  @Override
  public void stopped(byte[] message, long takenNs) {}

  @Override
  public StreamReceiver streamOpened(QuicStream stream) {
    return StreamReceiver.NOTHING;
  }

  @Override
  public void closed(QuicConnection connection, CloseReason reason) {
    closed.increment();
  }
}
