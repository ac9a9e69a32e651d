package org.vexor.node.rpc;

import java.util.Locale;
import java.util.Optional;

/// How far the cluster has agreed to a block; the later one includes the earlier.
public enum Commitment {
  /// The node has the block.
  PROCESSED,
  /// Two thirds of the stake voted for it.
  CONFIRMED,
  /// It is rooted: 32 votes stand on it.
  FINALIZED;

  /// The name in JSON.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// By the name in JSON.
  static Optional<Commitment> of(String text) {
    for (Commitment commitment : values()) {
      if (commitment.text().equals(text)) {
        return Optional.of(commitment);
      }
    }
    return Optional.empty();
  }
}
