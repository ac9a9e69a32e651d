package org.vexor.quic.admission;

import java.time.Duration;

/// What a server spends on its clients. An address is an IPv4 address or an IPv6 network of 64
/// bits, as one client may have any address of such a network.
///
/// @param connections established, in total
/// @param connectionsPerAddress established
/// @param handshakes under way, in total
/// @param handshakesPerAddress under way
/// @param handshakeTimeout after which a handshake that is not done is given up
/// @param newPerMinutePerAddress handshakes begun
/// @param newPerSecond handshakes begun, in total
/// @param retry when addresses must be proved
/// @param tokenLifetime how long a client may take to come back with its token
public record ConnectionLimits(
    int connections,
    int connectionsPerAddress,
    int handshakes,
    int handshakesPerAddress,
    Duration handshakeTimeout,
    int newPerMinutePerAddress,
    int newPerSecond,
    RetryPolicy retry,
    Duration tokenLifetime) {
  /// Bytes that one unfinished handshake holds, in native memory and heap together, rounded up from
  /// what AdmissionTest measures.
  public static final long HANDSHAKE_BYTES = 128 * 1024;

  /// Agave's figures where the wire has some: 8 connections from one address, 4,000 in total. How
  /// often they are made is not limited.
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          4_000,
          8,
          1_000,
          32,
          Duration.ofSeconds(2),
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          RetryPolicy.UNDER_LOAD,
          Duration.ofSeconds(5));

  public ConnectionLimits {
    if (connections < 1
        || connectionsPerAddress < 1
        || handshakes < 1
        || handshakesPerAddress < 1
        || newPerMinutePerAddress < 1
        || newPerSecond < 1
        || handshakeTimeout.isNegative()
        || handshakeTimeout.isZero()
        || tokenLifetime.isNegative()
        || tokenLifetime.isZero()) {
      throw new IllegalArgumentException("limits and times must be positive");
    }
  }

  /// As many handshakes at a time as fit into `bytes`.
  public ConnectionLimits withHandshakeMemory(long bytes) {
    int fitting = Math.toIntExact(Math.max(1, bytes / HANDSHAKE_BYTES));
    return withHandshakes(fitting, Math.min(handshakesPerAddress, fitting));
  }

  public ConnectionLimits withHandshakes(int inTotal, int perAddress) {
    return new ConnectionLimits(
        connections,
        connectionsPerAddress,
        inTotal,
        perAddress,
        handshakeTimeout,
        newPerMinutePerAddress,
        newPerSecond,
        retry,
        tokenLifetime);
  }

  public ConnectionLimits withConnections(int inTotal, int perAddress) {
    return new ConnectionLimits(
        inTotal,
        perAddress,
        handshakes,
        handshakesPerAddress,
        handshakeTimeout,
        newPerMinutePerAddress,
        newPerSecond,
        retry,
        tokenLifetime);
  }

  public ConnectionLimits withRates(int perMinuteAndAddress, int inTotalPerSecond) {
    return new ConnectionLimits(
        connections,
        connectionsPerAddress,
        handshakes,
        handshakesPerAddress,
        handshakeTimeout,
        perMinuteAndAddress,
        inTotalPerSecond,
        retry,
        tokenLifetime);
  }

  public ConnectionLimits withHandshakeTimeout(Duration timeout) {
    return new ConnectionLimits(
        connections,
        connectionsPerAddress,
        handshakes,
        handshakesPerAddress,
        timeout,
        newPerMinutePerAddress,
        newPerSecond,
        retry,
        tokenLifetime);
  }

  public ConnectionLimits withRetry(RetryPolicy policy) {
    return new ConnectionLimits(
        connections,
        connectionsPerAddress,
        handshakes,
        handshakesPerAddress,
        handshakeTimeout,
        newPerMinutePerAddress,
        newPerSecond,
        policy,
        tokenLifetime);
  }
}
