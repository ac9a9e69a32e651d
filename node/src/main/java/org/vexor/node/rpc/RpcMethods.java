package org.vexor.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vexor.solana.Epochs;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.rpc.LatestBlockhash;
import org.vexor.solana.rpc.RpcException;

/// The methods over HTTP. Any thread.
final class RpcMethods implements RpcDispatcher.Methods {
  /// As in agave (rpc-client-api/src/request.rs).
  private static final int MOST_SIGNATURES = 256;

  private static final int MOST_LEADERS = 5_000;

  /// The default where a request names none (solana.com/docs/rpc).
  private static final Commitment DEFAULT = Commitment.FINALIZED;

  private final RpcSource source;
  private final TransactionIntake intake;
  private final String version;

  RpcMethods(RpcSource source, String version) {
    this.source = source;
    this.version = version;
    intake = new TransactionIntake(source);
  }

  @Override
  public RpcAnswer call(String method, RpcParams params) throws RpcParams.Invalid, IOException {
    return switch (method) {
      case "sendTransaction" -> intake.send(params);
      case "getSignatureStatuses" -> signatureStatuses(params);
      case "getLatestBlockhash" -> latestBlockhash(params);
      case "isBlockhashValid" -> isBlockhashValid(params);
      case "getSlot" -> number("the slot", source.slot(params.commitment(0, DEFAULT)));
      case "getBlockHeight" ->
          number("the block height", source.blockHeight(params.commitment(0, DEFAULT)));
      case "getSlotLeader" -> slotLeader(params);
      case "getSlotLeaders" -> slotLeaders(params);
      case "getLeaderSchedule" -> leaderSchedule(params);
      case "getClusterNodes" -> clusterNodes();
      case "getEpochInfo" -> epochInfo(params);
      case "getEpochSchedule" -> epochSchedule();
      case "getGenesisHash" ->
          source
              .genesis()
              .map(hash -> RpcAnswer.of(hash.toString()))
              .orElseGet(() -> RpcAnswer.unknown("the genesis hash"));
      case "getIdentity" ->
          new RpcAnswer.Result(object().put("identity", source.identity().toString()));
      case "getVersion" -> new RpcAnswer.Result(version());
      case "getHealth" ->
          source
              .trouble()
              .map(why -> RpcAnswer.refused(RpcAnswer.NODE_UNHEALTHY, "Node is unhealthy: " + why))
              .orElseGet(() -> RpcAnswer.of("ok"));
      default -> elsewhere(method, params);
    };
  }

  private RpcAnswer elsewhere(String method, RpcParams params) throws IOException {
    try {
      Optional<JsonNode> answer = source.elsewhere(method, params.list());
      if (answer.isPresent()) {
        return new RpcAnswer.Result(answer.get());
      }
    } catch (RpcException e) {
      if (e.code() != RpcException.NO_ANSWER) {
        return RpcAnswer.refused(e.code(), String.valueOf(e.getMessage()));
      }
      throw e;
    }
    return switch (method) {
      case "simulateTransaction", "getBalance", "getAccountInfo", "getTokenAccountBalance" ->
          RpcAnswer.refused(
              RpcAnswer.METHOD_NOT_FOUND, method + ": this node keeps no accounts; ask another");
      default -> RpcAnswer.refused(RpcAnswer.METHOD_NOT_FOUND, "Method not found");
    };
  }

  private RpcAnswer signatureStatuses(RpcParams params) throws RpcParams.Invalid, IOException {
    if (!params.at(0).isArray() || params.at(0).size() > MOST_SIGNATURES) {
      throw new RpcParams.Invalid(
          "Invalid params: need an array of at most " + MOST_SIGNATURES + " signatures");
    }
    List<Signature> signatures = new ArrayList<>();
    for (var text : params.at(0)) {
      signatures.add(signature(text.asText()));
    }
    ArrayNode statuses = JsonNodeFactory.instance.arrayNode();
    for (Optional<SeenTransaction> seen : source.seen(signatures)) {
      seen.ifPresentOrElse(found -> statuses.add(status(found)), statuses::addNull);
    }
    return withContext(statuses);
  }

  static Signature signature(String text) throws RpcParams.Invalid {
    try {
      return Signature.fromBase58(text);
    } catch (IllegalArgumentException e) {
      throw new RpcParams.Invalid("Invalid param: " + e.getMessage());
    }
  }

  private static ObjectNode status(SeenTransaction seen) {
    ObjectNode status = object().put("slot", seen.slot());
    if (seen.commitment() == Commitment.FINALIZED) {
      status.putNull("confirmations");
    } else {
      status.put("confirmations", seen.confirmations());
    }
    ErrorJson.put(status, seen.error());
    ObjectNode outcome = status.putObject("status");
    if (seen.error().isPresent()) {
      outcome.set("Err", status.get("err"));
    } else {
      outcome.putNull("Ok");
    }
    return status.put("confirmationStatus", seen.commitment().text());
  }

  private RpcAnswer latestBlockhash(RpcParams params) throws RpcParams.Invalid, IOException {
    Optional<LatestBlockhash> latest = source.latestBlockhash(params.commitment(0, DEFAULT));
    if (latest.isEmpty()) {
      return RpcAnswer.unknown("a blockhash");
    }
    return withContext(
        latest.get().slot(),
        object()
            .put("blockhash", latest.get().blockhash().toString())
            .put("lastValidBlockHeight", latest.get().lastValidBlockHeight()));
  }

  private RpcAnswer isBlockhashValid(RpcParams params) throws RpcParams.Invalid, IOException {
    Hash blockhash;
    try {
      blockhash = Hash.fromBase58(params.text(0, "blockhash"));
    } catch (IllegalArgumentException e) {
      throw new RpcParams.Invalid("Invalid param: " + e.getMessage());
    }
    Optional<Boolean> valid = source.isBlockhashValid(blockhash);
    return valid.isEmpty()
        ? RpcAnswer.unknown("whether this blockhash is valid")
        : withContext(JsonNodeFactory.instance.booleanNode(valid.get()));
  }

  private RpcAnswer slotLeader(RpcParams params) throws RpcParams.Invalid, IOException {
    OptionalLong slot = source.slot(params.commitment(0, DEFAULT));
    if (slot.isEmpty()) {
      return RpcAnswer.unknown("the slot");
    }
    var leaders = source.leaders(slot.getAsLong(), 1);
    return leaders.isEmpty()
        ? RpcAnswer.unknown("the leader of slot " + slot.getAsLong())
        : RpcAnswer.of(leaders.getFirst().toString());
  }

  private RpcAnswer slotLeaders(RpcParams params) throws RpcParams.Invalid, IOException {
    OptionalLong first = params.number(0);
    OptionalLong count = params.number(1);
    if (first.isEmpty()
        || first.getAsLong() < 0
        || count.isEmpty()
        || count.getAsLong() < 1
        || count.getAsLong() > MOST_LEADERS) {
      throw new RpcParams.Invalid(
          "Invalid params: need a start slot and a limit of 1 to " + MOST_LEADERS);
    }
    ArrayNode leaders = JsonNodeFactory.instance.arrayNode();
    for (Pubkey leader : source.leaders(first.getAsLong(), (int) count.getAsLong())) {
      leaders.add(leader.toString());
    }
    return new RpcAnswer.Result(leaders);
  }

  /// By leader, the indexes of its slots in the epoch of a slot; null where the epoch is not known.
  private RpcAnswer leaderSchedule(RpcParams params) throws IOException {
    OptionalLong slot =
        params.number(0).isPresent() ? params.number(0) : source.slot(Commitment.PROCESSED);
    Epochs epochs = source.epochs();
    long epoch = epochs.epoch(Math.max(0, slot.orElse(0)));
    List<Pubkey> leaders =
        source.leaders(epochs.firstSlot(epoch), Math.toIntExact(epochs.slots(epoch)));
    if (leaders.isEmpty()) {
      return new RpcAnswer.Result(NullNode.instance);
    }
    Map<Pubkey, ArrayNode> indexes = new LinkedHashMap<>();
    for (int i = 0; i < leaders.size(); i++) {
      indexes
          .computeIfAbsent(leaders.get(i), leader -> JsonNodeFactory.instance.arrayNode())
          .add(i);
    }
    ObjectNode schedule = object();
    indexes.forEach((leader, slots) -> schedule.set(leader.toString(), slots));
    return new RpcAnswer.Result(schedule);
  }

  private RpcAnswer clusterNodes() throws IOException {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    source.nodes().forEach(node -> nodes.add(NodeJson.of(node)));
    return new RpcAnswer.Result(nodes);
  }

  private RpcAnswer epochInfo(RpcParams params) throws RpcParams.Invalid, IOException {
    Commitment commitment = params.commitment(0, DEFAULT);
    OptionalLong slot = source.slot(commitment);
    OptionalLong height = source.blockHeight(commitment);
    if (slot.isEmpty() || height.isEmpty()) {
      return RpcAnswer.unknown("the slot");
    }
    Epochs epochs = source.epochs();
    long epoch = epochs.epoch(slot.getAsLong());
    return new RpcAnswer.Result(
        object()
            .put("absoluteSlot", slot.getAsLong())
            .put("blockHeight", height.getAsLong())
            .put("epoch", epoch)
            .put("slotIndex", epochs.slotIndex(slot.getAsLong()))
            .put("slotsInEpoch", epochs.slots(epoch))
            .putNull("transactionCount"));
  }

  private RpcAnswer epochSchedule() throws IOException {
    Epochs epochs = source.epochs();
    long firstNormal = epochs.warmUp() ? epochs.epoch(epochs.slotsPerEpoch()) : 0;
    return new RpcAnswer.Result(
        object()
            .put("slotsPerEpoch", epochs.slotsPerEpoch())
            .put("leaderScheduleSlotOffset", epochs.slotsPerEpoch())
            .put("warmup", epochs.warmUp())
            .put("firstNormalEpoch", firstNormal)
            .put("firstNormalSlot", epochs.firstSlot(firstNormal)));
  }

  private ObjectNode version() {
    return object().put("solana-core", version).put("feature-set", 0);
  }

  /// Whether getHealth would say ok.
  boolean isHealthy() {
    return source.trouble().isEmpty();
  }

  private static RpcAnswer number(String what, OptionalLong value) {
    return value.isPresent() ? RpcAnswer.of(value.getAsLong()) : RpcAnswer.unknown(what);
  }

  private RpcAnswer withContext(JsonNode value) throws IOException {
    return withContext(source.slot(Commitment.PROCESSED).orElse(0), value);
  }

  private RpcAnswer withContext(long slot, JsonNode value) {
    ObjectNode result = object();
    result.putObject("context").put("slot", slot).put("apiVersion", version);
    result.set("value", value);
    return new RpcAnswer.Result(result);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
