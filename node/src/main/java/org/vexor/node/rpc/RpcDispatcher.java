package org.vexor.node.rpc;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.Optional;

/// Takes a request or a batch apart and puts the answers together (JSON-RPC 2.0). Any thread.
final class RpcDispatcher {
  /// Calls in one batch; SDKs send some dozens.
  static final int MOST_IN_BATCH = 100;

  private static final int DEEPEST = 32;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// Who answers a method.
  @FunctionalInterface
  interface Methods {
    /// Does it.
    ///
    /// @throws RpcParams.Invalid when the caller gave something wrong
    /// @throws IOException when a node behind this one does not answer
    RpcAnswer call(String method, RpcParams params) throws RpcParams.Invalid, IOException;
  }

  /// The text to answer with; empty when the request wants no answer.
  Optional<String> answer(byte[] request, Methods methods) {
    JsonNode root;
    try {
      root = mapper.readTree(request);
    } catch (JacksonException e) {
      return Optional.of(
          RpcAnswer.refused(RpcAnswer.PARSE_ERROR, "Parse error")
              .response(NullNode.instance)
              .toString());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
    if (!root.isArray()) {
      return one(root, methods).map(JsonNode::toString);
    }
    if (root.isEmpty() || root.size() > MOST_IN_BATCH) {
      return Optional.of(
          RpcAnswer.refused(
                  RpcAnswer.INVALID_REQUEST,
                  "a batch has 1 to " + MOST_IN_BATCH + " calls, this one " + root.size())
              .response(NullNode.instance)
              .toString());
    }
    ArrayNode answers = JsonNodeFactory.instance.arrayNode();
    root.forEach(call -> one(call, methods).ifPresent(answers::add));
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers.toString());
  }

  private static Optional<JsonNode> one(JsonNode call, Methods methods) {
    JsonNode id = call.path("id");
    boolean isIdentified = id.isTextual() || id.isNumber() || id.isNull();
    if (!call.path("method").isTextual()) {
      return Optional.of(
          RpcAnswer.refused(RpcAnswer.INVALID_REQUEST, "Invalid request")
              .response(isIdentified ? id : NullNode.instance));
    }
    RpcAnswer answer = call(call.path("method").textValue(), call.path("params"), methods);
    return isIdentified ? Optional.of(answer.response(id)) : Optional.empty();
  }

  private static RpcAnswer call(String method, JsonNode params, Methods methods) {
    try {
      return methods.call(method, new RpcParams(params));
    } catch (RpcParams.Invalid e) {
      return RpcAnswer.refused(RpcAnswer.INVALID_PARAMS, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return RpcAnswer.refused(RpcAnswer.INTERNAL, String.valueOf(e.getMessage()));
    }
  }
}
