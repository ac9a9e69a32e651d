package org.vexor.quic;

import java.util.Optional;

/// Puts the pipeline of a connection together.
final class ConnectionSetup {
  private ConnectionSetup() {}

  static ConnectionDriver add(
      QuicConnection connection, Application application, ConnectionDriver.Guard guard) {
    return switch (application) {
      case Application.Callbacks callbacks -> {
        ConnectionHandler handler = callbacks.handlers().apply(connection);
        var driver = new ConnectionDriver(connection, Optional.of(handler), guard);
        connection.channel().pipeline().addLast(driver);
        yield driver;
      }
      case Application.Handlers handlers -> {
        var driver = new ConnectionDriver(connection, Optional.empty(), guard);
        connection.channel().pipeline().addLast(driver);
        handlers.initializer().accept(connection, connection.channel());
        yield driver;
      }
    };
  }
}
