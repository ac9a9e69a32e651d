package org.vexor.node.decode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vexor.node.json.BlockJson;
import org.vexor.solana.Pubkey;
import org.vexor.turbine.block.BlockSummary;

/// A block and what its reader knows beyond the assembler.
///
/// @param block what the assembler saw
/// @param leader whose signatures were checked; none if they were not
/// @param badSignatures shreds dropped because the leader did not sign their root
public record DecodedBlock(BlockSummary block, Optional<Pubkey> leader, int badSignatures) {
  static final String BAD_SIGNATURE = "bad_signature";

  /// The block as JSON, as `run` gives it, and the shreds that the leader did not sign.
  public ObjectNode toJson() {
    ObjectNode json = BlockJson.of(block, leader);
    if (badSignatures > 0) {
      json.withObject("rejected").put(BAD_SIGNATURE, badSignatures);
    }
    return json;
  }

  /// Shreds of the slot that were dropped, by reason, in alphabetical order.
  SortedMap<String, Integer> rejected() {
    var rejected = new TreeMap<String, Integer>();
    block.rejected().forEach((fate, count) -> rejected.put(name(fate), count));
    if (badSignatures > 0) {
      rejected.put(BAD_SIGNATURE, badSignatures);
    }
    return rejected;
  }

  /// Constants as they are written in reports: lower case.
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// `reason count, reason count`, or `none`.
  static String list(Map<String, Integer> counts) {
    if (counts.isEmpty()) {
      return "none";
    }
    var text = new StringBuilder();
    counts.forEach(
        (reason, count) ->
            text.append(text.isEmpty() ? "" : ", ").append(reason).append(' ').append(count));
    return text.toString();
  }
}
