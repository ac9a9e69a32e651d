package org.vexor.gossip.crds;

import java.util.Optional;

/// What a socket of a contact info is for; the ordinal is the number on the wire.
public enum SocketKey {
  GOSSIP,
  SERVE_REPAIR_QUIC,
  RPC,
  RPC_PUBSUB,
  SERVE_REPAIR,
  TPU,
  TPU_FORWARDS,
  TPU_FORWARDS_QUIC,
  TPU_QUIC,
  TPU_VOTE,
  TVU,
  TVU_QUIC,
  TPU_VOTE_QUIC,
  ALPENGLOW;

  private static final SocketKey[] KEYS = values();

  /// The key of a number, when this version knows it.
  public static Optional<SocketKey> of(int number) {
    return number >= 0 && number < KEYS.length ? Optional.of(KEYS[number]) : Optional.empty();
  }

  /// The name as tools write it: lower case.
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
