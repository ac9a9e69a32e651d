package org.vexor.quic.path;

import org.vexor.quic.QuicConnection;

/// A connection and how it came to be.
public record RoutedConnection(QuicConnection connection, RouteDecision decision) {}
