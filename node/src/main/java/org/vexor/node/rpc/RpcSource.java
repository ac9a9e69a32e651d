package org.vexor.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.vexor.solana.Epochs;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.rpc.LatestBlockhash;

/// What the RPC tells. Any thread; may block for the time of one question to another node, whose
/// failure is an [IOException]. Empty means: not known here.
public interface RpcSource {
  /// The highest slot with a block of this commitment.
  OptionalLong slot(Commitment commitment) throws IOException;

  /// How many blocks lie below that one.
  OptionalLong blockHeight(Commitment commitment) throws IOException;

  /// A blockhash to sign with.
  Optional<LatestBlockhash> latestBlockhash(Commitment commitment) throws IOException;

  /// Whether transactions with this blockhash can still land.
  Optional<Boolean> isBlockhashValid(Hash blockhash) throws IOException;

  /// Takes a transaction whose form was checked.
  Submitted submit(Signature signature, byte[] transaction) throws IOException;

  /// In which block a transaction is.
  Optional<SeenTransaction> seen(Signature signature) throws IOException;

  /// The same of several, in their order; where that means a question, it is one for all of them.
  default List<Optional<SeenTransaction>> seen(List<Signature> signatures) throws IOException {
    var all = new ArrayList<Optional<SeenTransaction>>();
    for (Signature signature : signatures) {
      all.add(seen(signature));
    }
    return all;
  }

  /// What somebody else answers to a method that this node does not know.
  ///
  /// @param params as they came
  /// @return empty when there is nobody to ask
  default Optional<JsonNode> elsewhere(String method, JsonNode params) throws IOException {
    return Optional.empty();
  }

  /// Who leads from a slot on; shorter where the schedule ends.
  List<Pubkey> leaders(long firstSlot, int count) throws IOException;

  /// The cluster's nodes, this one included.
  List<RpcNode> nodes() throws IOException;

  /// Why this node should not be asked.
  Optional<String> trouble();

  /// Who this node is.
  Pubkey identity();

  /// The cluster's genesis.
  Optional<Hash> genesis() throws IOException;

  /// How the cluster's slots make epochs.
  Epochs epochs() throws IOException;

  /// Asks to be called for each new block, and whenever a commitment rose. The source calls on a
  /// thread of its own.
  void onChange(Consumer<SlotTold> listener);
}
