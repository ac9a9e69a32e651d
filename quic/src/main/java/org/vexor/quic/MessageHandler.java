package org.vexor.quic;

import org.vexor.quic.message.MessageReceiver;
import org.vexor.quic.message.MessageSink;

/// What an application does on a connection whose peer sends messages, a unidirectional stream
/// each. Called on the connection's event loop, never twice at a time; it must not block.
public interface MessageHandler extends MessageSink {
  /// The handshake is done and the peer is who it should be.
  ///
  /// @param receiver is read when packets came; by the application when the allowance has grown
  ///   without that, followed by a flush
  void opened(QuicConnection connection, MessageReceiver receiver);

  /// The allowance was used up as packets came, and more may be readable.
  default void exhausted() {}

  /// The connection is over, or never came to be; the last call.
  void closed(QuicConnection connection, CloseReason reason);
}
