package org.vexor.tpu.history;

import java.util.List;
import java.util.Optional;
import org.vexor.solana.Signature;

/// All that is known of one transaction.
///
/// @param stage how far it has come
/// @param acceptedNs when it was taken or refused
/// @param attempts the last ones, oldest first
/// @param seen in which block first
/// @param reason why it was refused or given up; empty otherwise
public record TransactionStory(
    Signature signature,
    Stage stage,
    long acceptedNs,
    List<Attempt> attempts,
    Optional<Sighting> seen,
    String reason) {
  /// Copies the list.
  public TransactionStory {
    attempts = List.copyOf(attempts);
  }
}
