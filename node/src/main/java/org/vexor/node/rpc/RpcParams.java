package org.vexor.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/// The parameters of a call, by position; the last may be an object of options.
///
/// @param list what came as `params`; anything else than an array counts as none
record RpcParams(JsonNode list) {
  /// What the caller did wrong.
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  JsonNode at(int index) {
    return list.path(index);
  }

  String text(int index, String name) throws Invalid {
    JsonNode node = at(index);
    if (!node.isTextual()) {
      throw new Invalid("Invalid params: " + name + " must be a string, at position " + index);
    }
    return node.textValue();
  }

  OptionalLong number(int index) {
    JsonNode node = at(index);
    return node.isIntegralNumber() && node.canConvertToLong()
        ? OptionalLong.of(node.longValue())
        : OptionalLong.empty();
  }

  /// The options at this position; empty ones when they are not there.
  JsonNode options(int index) {
    return at(index);
  }

  /// The commitment in the options; finalized where nothing is said, as with every Solana node.
  Commitment commitment(int index, Commitment otherwise) throws Invalid {
    JsonNode named = at(index).path("commitment");
    if (named.isMissingNode() || named.isNull()) {
      return otherwise;
    }
    return Commitment.of(named.asText())
        .orElseThrow(() -> new Invalid("Invalid params: unknown commitment " + named));
  }
}
