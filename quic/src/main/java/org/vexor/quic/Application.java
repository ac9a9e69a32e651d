package org.vexor.quic;

import io.netty.handler.codec.quic.QuicChannel;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Who speaks on the connections of an endpoint.
public sealed interface Application {
  /// Code that knows nothing of Netty; a handler is made for each connection.
  record Callbacks(Function<QuicConnection, ConnectionHandler> handlers) implements Application {}

  /// Netty handlers, as HTTP/3 needs them: the initializer adds them to the pipeline of each new
  /// connection. Streams and datagrams reach them as Netty's QUIC codec sends them; accounts,
  /// admission and the datagram queue of [QuicConnection] work as ever.
  record Handlers(BiConsumer<QuicConnection, QuicChannel> initializer) implements Application {}

  /// Code whose peers send messages, a unidirectional stream each, and nothing else: the fastest
  /// way to take many small streams.
  ///
  /// @param handlers a handler is made for each connection
  /// @param maxBytes of a message, 1 to 65,535
  /// @param patience between the first and the last byte of a message
  record Messages(
      Function<QuicConnection, MessageHandler> handlers, int maxBytes, Duration patience)
      implements Application {}

  /// Takes no streams and no datagrams; for connections that only send.
  static Application sendOnly() {
    return new Callbacks(_ -> _ -> StreamReceiver.NOTHING);
  }
}
