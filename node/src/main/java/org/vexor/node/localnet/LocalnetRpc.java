package org.vexor.node.localnet;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.localnet.Localnet;
import org.vexor.localnet.chain.ChainView;
import org.vexor.localnet.chain.RecentBlocks;
import org.vexor.node.rpc.Commitment;
import org.vexor.node.rpc.RpcNode;
import org.vexor.node.rpc.RpcSource;
import org.vexor.node.rpc.SeenTransaction;
import org.vexor.node.rpc.SlotTold;
import org.vexor.node.rpc.Submitted;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Epochs;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.rpc.LatestBlockhash;

/// The first node of a localnet, as JSON-RPC asks it.
public final class LocalnetRpc implements RpcSource {
  private final Localnet localnet;
  private final ChainView view;

  public LocalnetRpc(Localnet localnet) {
    this.localnet = localnet;
    view = localnet.view();
  }

  @Override
  public OptionalLong slot(Commitment commitment) {
    return OptionalLong.of(slotOf(commitment));
  }

  private long slotOf(Commitment commitment) {
    return switch (commitment) {
      case PROCESSED -> view.blocks().latest().slot();
      case CONFIRMED -> view.confirmedSlot();
      case FINALIZED -> view.rootedSlot();
    };
  }

  @Override
  public OptionalLong blockHeight(Commitment commitment) {
    return OptionalLong.of(view.blocks().at(slotOf(commitment)).height());
  }

  @Override
  public Optional<LatestBlockhash> latestBlockhash(Commitment commitment) {
    RecentBlocks.Block block = view.blocks().at(slotOf(commitment));
    return Optional.of(
        new LatestBlockhash(
            block.blockhash(),
            block.height() + RecentBlocks.BLOCKHASH_LIFE,
            view.blocks().latest().slot()));
  }

  @Override
  public Optional<Boolean> isBlockhashValid(Hash blockhash) {
    return Optional.of(view.blocks().withBlockhash(blockhash).isPresent());
  }

  @Override
  public Submitted submit(Signature signature, byte[] transaction) {
    return localnet.submit(signature, transaction)
        ? new Submitted.Accepted()
        : new Submitted.Refused("too many transactions wait, or the localnet has ended");
  }

  @Override
  public Optional<SeenTransaction> seen(Signature signature) {
    OptionalLong slot = view.slotOf(signature);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    long in = slot.getAsLong();
    Commitment reached = Commitment.PROCESSED;
    for (Commitment commitment : Commitment.values()) {
      if (in <= slotOf(commitment)) {
        reached = commitment;
      }
    }
    long above = view.blocks().latest().height() - view.blocks().at(in).height();
    return Optional.of(new SeenTransaction(in, reached, above, Optional.empty()));
  }

  @Override
  public List<Pubkey> leaders(long firstSlot, int count) {
    List<Pubkey> leaders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<Pubkey> leader = localnet.cluster().schedule().leader(firstSlot + i);
      if (leader.isEmpty()) {
        break;
      }
      leaders.add(leader.get());
    }
    return leaders;
  }

  @Override
  public List<RpcNode> nodes() {
    return localnet.cluster().members().stream()
        .map(
            member ->
                new RpcNode(
                    member.identity().publicKey(),
                    socket(member.number(), SocketKey.GOSSIP),
                    socket(member.number(), SocketKey.TVU),
                    socket(member.number(), SocketKey.TPU_QUIC),
                    socket(member.number(), SocketKey.TPU_VOTE),
                    Optional.empty(),
                    Optional.empty(),
                    localnet.cluster().shredVersion()))
        .toList();
  }

  private Optional<InetSocketAddress> socket(int node, SocketKey key) {
    return localnet.socket(node, key).map(Endpoint::toSocketAddress);
  }

  @Override
  public Optional<String> trouble() {
    return view.blocks().latest().slot() == 0
        ? Optional.of("the first block is not there yet")
        : Optional.empty();
  }

  @Override
  public Pubkey identity() {
    return localnet.cluster().members().getFirst().identity().publicKey();
  }

  @Override
  public Optional<Hash> genesis() {
    return Optional.of(localnet.cluster().genesis());
  }

  @Override
  public Epochs epochs() {
    return Epochs.PUBLIC_CLUSTERS;
  }

  @Override
  public void onChange(Consumer<SlotTold> listener) {
    view.onBlock(
        block -> listener.accept(new SlotTold(block.slot(), block.parent(), view.rootedSlot())));
  }
}
