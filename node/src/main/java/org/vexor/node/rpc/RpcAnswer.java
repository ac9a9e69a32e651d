package org.vexor.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// What a method gives. Codes below -32000 are JSON-RPC 2.0 §5.1; the others are agave's
/// (rpc-client-api/src/custom_error.rs).
sealed interface RpcAnswer {
  int PARSE_ERROR = -32700;
  int INVALID_REQUEST = -32600;
  int METHOD_NOT_FOUND = -32601;
  int INVALID_PARAMS = -32602;
  int INTERNAL = -32603;
  int PREFLIGHT_FAILURE = -32002;
  int SIGNATURE_FAILURE = -32003;
  int NODE_UNHEALTHY = -32005;

  /// Done.
  record Result(JsonNode value) implements RpcAnswer {}

  /// Not done.
  record Refused(int code, String message, Optional<JsonNode> data) implements RpcAnswer {}

  static RpcAnswer of(long value) {
    return new Result(JsonNodeFactory.instance.numberNode(value));
  }

  static RpcAnswer of(String value) {
    return new Result(JsonNodeFactory.instance.textNode(value));
  }

  static RpcAnswer of(boolean value) {
    return new Result(JsonNodeFactory.instance.booleanNode(value));
  }

  /// SDKs cannot read that a node is unhealthy without how far it is behind, be it unknown (agave
  /// NodeUnhealthyErrorData).
  static RpcAnswer refused(int code, String message) {
    return new Refused(
        code,
        message,
        code == NODE_UNHEALTHY
            ? Optional.of(JsonNodeFactory.instance.objectNode().putNull("numSlotsBehind"))
            : Optional.empty());
  }

  /// What the source does not know cannot be answered.
  static RpcAnswer unknown(String what) {
    return refused(NODE_UNHEALTHY, what + " is not known to this node yet");
  }

  /// The response of JSON-RPC.
  default ObjectNode response(JsonNode id) {
    ObjectNode response = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    switch (this) {
      case Result(JsonNode value) -> response.set("result", value);
      case Refused(int code, String message, Optional<JsonNode> data) -> {
        ObjectNode error = response.putObject("error").put("code", code).put("message", message);
        data.ifPresent(more -> error.set("data", more));
      }
    }
    response.set("id", id);
    return response;
  }
}
