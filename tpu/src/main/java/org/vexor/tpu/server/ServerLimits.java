package org.vexor.tpu.server;

import java.time.Duration;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.admission.RetryPolicy;

/// What a server spends on its clients. The defaults are those of Agave 4.2 (streamer/src/quic.rs,
/// nonblocking/swqos.rs, stream_throttle.rs).
///
/// @param stakedConnections in total; when they are full, the one with the least stake gives way to
///   more
/// @param unstakedConnections in total; when they are full, the oldest give way. 0 to serve nobody
///   without stake
/// @param perIdentity connections of one staked key
/// @param perAddress connections of one address without stake
/// @param newPerMinutePerAddress handshakes of one address
/// @param newPerSecond handshakes in total
/// @param perSecond transactions in total; a fifth is kept for clients without stake. When staked
///   ones use up the rest, each gets its stake's share of it
/// @param unstakedPerSecond transactions of each connection without stake
/// @param streams that a client may have open. QUIC in quiche has one number for all connections,
///   so it is what Agave grants to the largest stakes; others are held by the rates
/// @param transactionBytes the largest transaction: 1,232, or 4,096 where version 1 is active
/// @param patience between the first and the last byte of a transaction
/// @param idleTimeout of connections
public record ServerLimits(
    int stakedConnections,
    int unstakedConnections,
    int perIdentity,
    int perAddress,
    int newPerMinutePerAddress,
    int newPerSecond,
    int perSecond,
    int unstakedPerSecond,
    int streams,
    int transactionBytes,
    Duration patience,
    Duration idleTimeout) {
  public static final ServerLimits DEFAULT =
      new ServerLimits(
          2_000,
          2_000,
          16,
          8,
          8,
          2_500,
          500_000,
          200,
          512,
          1_232,
          Duration.ofSeconds(2),
          Duration.ofSeconds(30));

  public ServerLimits {
    if (stakedConnections < 0
        || unstakedConnections < 0
        || perIdentity < 1
        || perAddress < 1
        || newPerMinutePerAddress < 1
        || newPerSecond < 1
        || perSecond < 1
        || unstakedPerSecond < 1
        || streams < 1
        || transactionBytes < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  public ServerLimits withConnections(int staked, int unstaked) {
    return new ServerLimits(
        staked,
        unstaked,
        perIdentity,
        perAddress,
        newPerMinutePerAddress,
        newPerSecond,
        perSecond,
        unstakedPerSecond,
        streams,
        transactionBytes,
        patience,
        idleTimeout);
  }

  public ServerLimits withConnectionsOfOne(int identity, int address) {
    return new ServerLimits(
        stakedConnections,
        unstakedConnections,
        identity,
        address,
        newPerMinutePerAddress,
        newPerSecond,
        perSecond,
        unstakedPerSecond,
        streams,
        transactionBytes,
        patience,
        idleTimeout);
  }

  public ServerLimits withNewConnections(int perMinuteAndAddress, int inTotalPerSecond) {
    return new ServerLimits(
        stakedConnections,
        unstakedConnections,
        perIdentity,
        perAddress,
        perMinuteAndAddress,
        inTotalPerSecond,
        perSecond,
        unstakedPerSecond,
        streams,
        transactionBytes,
        patience,
        idleTimeout);
  }

  public ServerLimits withRates(int inTotal, int unstakedConnection) {
    return new ServerLimits(
        stakedConnections,
        unstakedConnections,
        perIdentity,
        perAddress,
        newPerMinutePerAddress,
        newPerSecond,
        inTotal,
        unstakedConnection,
        streams,
        transactionBytes,
        patience,
        idleTimeout);
  }

  public ServerLimits withTransactionBytes(int largest) {
    return new ServerLimits(
        stakedConnections,
        unstakedConnections,
        perIdentity,
        perAddress,
        newPerMinutePerAddress,
        newPerSecond,
        perSecond,
        unstakedPerSecond,
        streams,
        largest,
        patience,
        idleTimeout);
  }

  /// What the endpoint checks before anybody's identity is known. Staked clients of one address may
  /// be many, so the table behind it counts again.
  ConnectionLimits admission() {
    int connections = stakedConnections + unstakedConnections;
    return ConnectionLimits.DEFAULT
        .withConnections(connections, connections)
        .withHandshakes(newPerSecond, newPerSecond)
        .withRates(newPerMinutePerAddress, newPerSecond)
        .withRetry(RetryPolicy.UNDER_LOAD);
  }
}
