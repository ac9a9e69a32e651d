package org.vexor.quic;

import java.time.Duration;
import java.util.Optional;
import org.vexor.quic.message.MessageReceiver;
import org.vexor.quic.message.TurnListener;

/// Reads the messages of a connection for its [MessageHandler].
final class MessageDriver implements ConnectionHandler, TurnListener {
  private final MessageHandler handler;
  private final int maxBytes;
  private final Duration patience;
  private Optional<MessageReceiver> receiver = Optional.empty();

  MessageDriver(MessageHandler handler, int maxBytes, Duration patience) {
    this.handler = handler;
    this.maxBytes = maxBytes;
    this.patience = patience;
  }

  @Override
  public void opened(QuicConnection connection) {
    var opened = new MessageReceiver(connection.channel(), maxBytes, patience.toNanos(), handler);
    receiver = Optional.of(opened);
    connection.onTurn(this);
    handler.opened(connection, opened);
  }

  @Override
  public void packetsCame() {
    if (receiver.isPresent() && receiver.get().read(System.nanoTime())) {
      handler.exhausted();
    }
  }

  /// Never called: the channel does not read by itself.
  @Override
  public StreamReceiver streamOpened(QuicStream stream) {
    return StreamReceiver.NOTHING;
  }

  @Override
  public void closed(QuicConnection connection, CloseReason reason) {
    handler.closed(connection, reason);
  }
}
