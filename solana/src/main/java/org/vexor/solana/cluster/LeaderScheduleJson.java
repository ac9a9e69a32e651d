package org.vexor.solana.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.vexor.solana.Pubkey;

/// Reads a schedule in the forms that Solana's tools write:
///
/// - `{"<pubkey>": [index in epoch, ...], ...}`: the answer of RPC getLeaderSchedule, also inside
///   its envelope `{"jsonrpc": ..., "result": {...}}`
/// - `{"epoch": ..., "leaderScheduleEntries": [{"slot": absolute, "leader": "<pubkey>"}, ...]}`:
///   `solana leader-schedule --output json`
///
/// Slots that the text does not name stay without leader.
public final class LeaderScheduleJson {
  private static final String ENTRIES = "leaderScheduleEntries";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private LeaderScheduleJson() {}

  /// Reads the file of a schedule; see [#parse].
  public static LeaderSchedule read(Path file, long firstSlot, int slots) throws IOException {
    try {
      return parse(Files.readAllBytes(file), firstSlot, slots);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("leader schedule " + file + ": " + e.getMessage(), e);
    }
  }

  /// Reads the schedule of the epoch that begins at `firstSlot` and has `slots` slots.
  ///
  /// @throws IllegalArgumentException naming the fault: not JSON, another form, a key that is none,
  ///   a slot outside the epoch, two leaders for one slot
  public static LeaderSchedule parse(byte[] json, long firstSlot, int slots) {
    JsonNode root = tree(json);
    if (root.has("result")) {
      root = root.path("result");
    }
    var builder = new LeaderSchedule.Builder(firstSlot, slots);
    if (root.has(ENTRIES)) {
      for (JsonNode entry : root.path(ENTRIES)) {
        lead(builder, entry.path("slot"), firstSlot, slots, key(entry.path("leader").asText()));
      }
      return builder.build();
    }
    if (!root.isObject() || root.isEmpty()) {
      throw new IllegalArgumentException(
          "no schedule: need {\"<pubkey>\": [indexes]} or {\"" + ENTRIES + "\": [...]}");
    }
    for (Map.Entry<String, JsonNode> leader : root.properties()) {
      Pubkey key = key(leader.getKey());
      if (!leader.getValue().isArray()) {
        throw new IllegalArgumentException("the slots of " + key + " are not an array");
      }
      for (JsonNode index : leader.getValue()) {
        lead(builder, index, 0, slots, key);
      }
    }
    return builder.build();
  }

  private static JsonNode tree(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: its text is not UTF-8", e);
    }
  }

  private static Pubkey key(String text) {
    return Pubkey.fromBase58(text);
  }

  private static void lead(
      LeaderSchedule.Builder builder, JsonNode slot, long first, int slots, Pubkey leader) {
    long index = slot.canConvertToLong() && slot.isIntegralNumber() ? slot.longValue() - first : -1;
    if (index < 0 || index >= slots) {
      throw new IllegalArgumentException(
          "slot " + slot + " of " + leader + " is not in " + first + " to " + (first + slots - 1));
    }
    if (!builder.lead((int) index, leader)) {
      throw new IllegalArgumentException("slot " + slot + " has " + leader + " and another leader");
    }
  }
}
