package org.vexor.quic.cache;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.path.RouteDecision;
import org.vexor.quic.path.RoutedConnection;

/// Opens the connections of a cache; mostly [org.vexor.quic.path.PathSelector#connect].
@FunctionalInterface
public interface Connector {
  CompletionStage<RoutedConnection> connect(ConnectRequest request);

  /// Tries for a better connection than one that is open, if there may be one and it is time to
  /// look; asked now and then. The open one stays as it is.
  ///
  /// @param present how the open one came to be
  /// @return empty when there is nothing to try; the stage fails when nothing better was found
  default Optional<CompletionStage<RoutedConnection>> better(
      RouteDecision present, ConnectRequest request) {
    return Optional.empty();
  }
}
