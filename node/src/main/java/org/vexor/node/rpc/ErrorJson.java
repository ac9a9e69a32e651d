package org.vexor.node.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// Puts what a transaction failed with into an answer, as the node that knew it put it.
final class ErrorJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private ErrorJson() {}

  static void put(ObjectNode into, Optional<String> error) {
    if (error.isEmpty()) {
      into.putNull("err");
      return;
    }
    try {
      into.set("err", MAPPER.readTree(error.get()));
    } catch (JsonProcessingException e) {
      into.put("err", error.get());
    }
  }
}
