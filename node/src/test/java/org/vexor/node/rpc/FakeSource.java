package org.vexor.node.rpc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.vexor.solana.Epochs;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.rpc.LatestBlockhash;

/// A cluster that is at slot 40, with whatever transactions the test puts into it.
final class FakeSource implements RpcSource {
  static final Hash BLOCKHASH = Hash.of(new byte[Hash.LENGTH]);
  static final Pubkey IDENTITY = Pubkey.fromBase58("9QzsJf7LPLj8GkXbYT3LFDKqsj2hHG7TA3xinJHu8epQ");

  final Map<Signature, SeenTransaction> seen = new ConcurrentHashMap<>();
  final Map<Signature, byte[]> submitted = new ConcurrentHashMap<>();
  volatile Submitted answer = new Submitted.Accepted();
  volatile Optional<String> trouble = Optional.empty();
  private volatile Consumer<SlotTold> listener = slot -> {};

  void changed(long slot) {
    listener.accept(new SlotTold(slot, slot - 1, slot - 32));
  }

  @Override
  public OptionalLong slot(Commitment commitment) {
    return OptionalLong.of(commitment == Commitment.FINALIZED ? 8 : 40);
  }

  @Override
  public OptionalLong blockHeight(Commitment commitment) {
    return OptionalLong.of(39);
  }

  @Override
  public Optional<LatestBlockhash> latestBlockhash(Commitment commitment) {
    return Optional.of(new LatestBlockhash(BLOCKHASH, 189, 40));
  }

  @Override
  public Optional<Boolean> isBlockhashValid(Hash blockhash) {
    return Optional.of(blockhash.equals(BLOCKHASH));
  }

  @Override
  public Submitted submit(Signature signature, byte[] transaction) {
    submitted.put(signature, transaction);
    return answer;
  }

  @Override
  public Optional<SeenTransaction> seen(Signature signature) {
    return Optional.ofNullable(seen.get(signature));
  }

  @Override
  public List<Pubkey> leaders(long firstSlot, int count) {
    return List.of(IDENTITY);
  }

  @Override
  public List<RpcNode> nodes() {
    return List.of();
  }

  @Override
  public Optional<String> trouble() {
    return trouble;
  }

  @Override
  public Pubkey identity() {
    return IDENTITY;
  }

  @Override
  public Optional<Hash> genesis() {
    return Optional.of(BLOCKHASH);
  }

  @Override
  public Epochs epochs() {
    return Epochs.PUBLIC_CLUSTERS;
  }

  @Override
  public void onChange(Consumer<SlotTold> to) {
    listener = to;
  }
}
