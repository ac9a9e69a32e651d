package org.vexor.quic.cache;

import java.util.concurrent.CompletionStage;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.path.RoutedConnection;

/// Opens the connections of a cache; mostly [org.vexor.quic.path.PathSelector#connect].
@FunctionalInterface
public interface Connector {
  CompletionStage<RoutedConnection> connect(ConnectRequest request);
}
