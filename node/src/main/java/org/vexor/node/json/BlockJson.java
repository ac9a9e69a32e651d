package org.vexor.node.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.entry.EntryRefusal;
import org.vexor.turbine.block.BatchSummary;
import org.vexor.turbine.block.BlockSummary;
import org.vexor.turbine.block.SetSummary;

/// A block as JSON, the same for `shreds decode` and `run`. Hashes and keys are base58, digests
/// hex; what is not known is null.
public final class BlockJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private BlockJson() {}

  /// All that a summary says.
  ///
  /// @param leader whose signatures were checked, when they were checked against one key
  public static ObjectNode of(BlockSummary block, Optional<Pubkey> leader) {
    ObjectNode json = NODES.objectNode();
    json.put("slot", block.slot());
    json.put("shred_version", block.shredVersion());
    json.put("complete", block.complete());
    json.put("shreds", block.shreds());
    putText(json, "leader", leader);
    ArrayNode sets = json.putArray("fec_sets");
    block.fecSets().forEach(set -> sets.add(set(set)));
    json.put("chained", block.chained());
    if (block.parentSlot().isPresent()) {
      json.put("parent_slot", block.parentSlot().getAsLong());
    } else {
      json.putNull("parent_slot");
    }
    json.put("last_in_slot", block.lastInSlot());
    ArrayNode batches = json.putArray("batches");
    block.batches().forEach(batch -> batches.add(batch(batch)));
    putContent(json, block.content());
    json.put("recovered", block.recovered());
    json.put("duplicates", block.duplicates());
    ObjectNode rejected = json.putObject("rejected");
    block
        .rejected()
        .forEach((fate, count) -> rejected.put(fate.name().toLowerCase(Locale.ROOT), count));
    return json;
  }

  private static ObjectNode set(SetSummary set) {
    ObjectNode json = NODES.objectNode();
    json.put("fec_set_index", set.fecSetIndex());
    json.put("merkle_root", set.merkleRoot().toString());
    putText(json, "chained_root", set.chainedRoot());
    json.put("data", set.data());
    json.put("code", set.code());
    json.put("resigned", set.resigned());
    if (set.discarded()) {
      json.put("discarded", true);
    }
    return json;
  }

  private static ObjectNode batch(BatchSummary batch) {
    ObjectNode json = NODES.objectNode();
    json.put("last_index", batch.lastIndex());
    json.put("bytes", batch.bytes());
    json.put("consumed", batch.consumed());
    json.put("entries", batch.entries());
    json.put("txs", batch.transactions());
    if (batch.refusal() != EntryRefusal.NONE) {
      json.put("refused", batch.refusal().name().toLowerCase(Locale.ROOT));
    }
    return json;
  }

  private static void putContent(ObjectNode json, BlockSummary.Content content) {
    json.put("entries", content.entries());
    json.put("ticks", content.ticks());
    json.put("transactions", content.transactions());
    if (content.transactionSignaturesValid().isPresent()) {
      json.put("tx_signatures_valid", content.transactionSignaturesValid().getAsInt());
    } else {
      json.putNull("tx_signatures_valid");
    }
    json.put("sum_num_hashes", content.sumNumHashes());
    putText(json, "first_entry_hash", content.firstEntryHash());
    putText(json, "last_entry_hash", content.lastEntryHash());
    putText(json, "first_signature", content.firstSignatures().stream().findFirst());
    putText(json, "last_signature", content.lastSignature());
    ArrayNode first = json.putArray("first_signatures");
    content.firstSignatures().forEach(signature -> first.add(signature.toString()));
    json.put("poh", content.poh().name().toLowerCase(Locale.ROOT));
    putText(
        json, "sha256_of_first_signatures", content.digests().map(d -> hex(d.firstSignatures())));
    putText(json, "entries_sha256", content.digests().map(d -> hex(d.entries())));
    putText(json, "transactions_sha256", content.digests().map(d -> hex(d.transactions())));
  }

  private static void putText(ObjectNode json, String name, Optional<?> value) {
    if (value.isPresent()) {
      json.put(name, value.get().toString());
    } else {
      json.putNull(name);
    }
  }

  private static String hex(Hash hash) {
    return HexFormat.of().formatHex(hash.bytes());
  }
}
