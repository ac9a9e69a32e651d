package org.vexor.solana.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// What a node says of a transaction it has seen in a block.
///
/// @param slot of the block
/// @param error what the transaction failed with, as JSON; empty when it succeeded
/// @param commitment `processed`, `confirmed` or `finalized`
/// @param confirmations blocks on top of it; 0 once finalized, where the node counts no more
public record SignatureStatus(
    long slot, Optional<String> error, String commitment, long confirmations) {
  static Optional<SignatureStatus> parse(JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    JsonNode error = node.path("err");
    return Optional.of(
        new SignatureStatus(
            node.path("slot").asLong(),
            error.isNull() || error.isMissingNode()
                ? Optional.empty()
                : Optional.of(error.toString()),
            node.path("confirmationStatus").asText("processed"),
            node.path("confirmations").asLong(0)));
  }
}
