package org.vexor.quic;

import java.util.Optional;

/// Puts the pipeline of a connection together.
final class ConnectionSetup {
  private ConnectionSetup() {}

  static ConnectionDriver add(
      QuicConnection connection, Application application, ConnectionDriver.Guard guard) {
    return switch (application) {
      case Application.Callbacks callbacks ->
          add(connection, callbacks.handlers().apply(connection), guard);
      case Application.Messages messages -> {
        // What the channel does not read itself, the driver does.
        connection.channel().config().setAutoRead(false);
        var handler =
            new MessageDriver(
                messages.handlers().apply(connection), messages.maxBytes(), messages.patience());
        yield add(connection, handler, guard);
      }
      case Application.Handlers handlers -> {
        var driver = new ConnectionDriver(connection, Optional.empty(), guard);
        connection.channel().pipeline().addLast(driver);
        handlers.initializer().accept(connection, connection.channel());
        yield driver;
      }
    };
  }

  private static ConnectionDriver add(
      QuicConnection connection, ConnectionHandler handler, ConnectionDriver.Guard guard) {
    connection.onDatagrams(
        payload ->
            handler.datagram(
                connection,
                payload.internalNioBuffer(payload.readerIndex(), payload.readableBytes())));
    var driver = new ConnectionDriver(connection, Optional.of(handler), guard);
    connection.channel().pipeline().addLast(driver);
    return driver;
  }
}
