package org.vexor.quic.path;

import java.util.concurrent.CompletionStage;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.QuicClient;
import org.vexor.quic.QuicConnection;

/// One way to reach peers. Any thread.
public interface Route {
  /// For people: `direct`, `tunnel by proxy.example`.
  String name();

  /// Connects; see [QuicClient#connect].
  CompletionStage<QuicConnection> connect(ConnectRequest request);

  /// Over an endpoint's port.
  static Route over(String name, QuicClient client) {
    return new Route() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public CompletionStage<QuicConnection> connect(ConnectRequest request) {
        return client.connect(request);
      }
    };
  }
}
