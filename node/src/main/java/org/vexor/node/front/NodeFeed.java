package org.vexor.node.front;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.vexor.gossip.node.KnownContact;
import org.vexor.node.landing.BlockSightings;
import org.vexor.node.landing.ClusterFeed;
import org.vexor.node.landing.GossipContacts;
import org.vexor.solana.Signature;
import org.vexor.tpu.leader.LeaderContacts;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.block.BlockSummary;
import org.vexor.turbine.block.TransactionVisitor;
import org.vexor.turbine.verify.SlotLeaders;

/// What a running node's own gossip and turbine tell its client. Blocks come on the thread that
/// receives them; the rest is for any thread.
public final class NodeFeed implements ClusterFeed, BlockListener {
  private final SeenBlocks seen = new SeenBlocks();
  private final BlockSightings sightings = new BlockSightings(this::complete);
  private volatile Supplier<List<KnownContact>> known = List::of;
  private volatile LongSupplier newest = () -> -1;
  private volatile Optional<CompleteBlocks> blocks = Optional.empty();
  private volatile Consumer<BlockSummary> summaries = block -> {};
  private final GossipContacts contacts = new GossipContacts(() -> known.get());

  /// To be shown every transaction of the node's blocks.
  public TransactionVisitor visitor() {
    return sightings;
  }

  /// Says what the node knows, once it does.
  ///
  /// @param nodes that gossip knows now
  /// @param newestSlot of which a verified shred came
  public void connect(Supplier<List<KnownContact>> nodes, LongSupplier newestSlot) {
    known = nodes;
    newest = newestSlot;
  }

  /// Tells of each complete block, after its transactions can be found.
  void onBlock(Consumer<BlockSummary> listener) {
    summaries = listener;
  }

  /// What the blocks so far held.
  SeenBlocks seen() {
    return seen;
  }

  private void complete(long slot, List<Signature> signatures) {
    seen.add(slot, signatures);
    blocks.ifPresent(to -> to.complete(slot, signatures));
  }

  @Override
  public void finished(BlockSummary block) {
    sightings.finished(block);
    summaries.accept(block);
  }

  @Override
  public void abandoned(BlockSummary partial, AbandonReason reason) {
    sightings.abandoned(partial, reason);
  }

  /// The node verifies shreds by leaders of its own.
  @Override
  public void start(SlotLeaders leaders, CompleteBlocks to) {
    blocks = Optional.of(to);
  }

  @Override
  public LeaderContacts contacts() {
    return contacts;
  }

  @Override
  public boolean receivesBlocks() {
    return true;
  }

  @Override
  public long newestSlot() {
    return newest.getAsLong();
  }

  /// Nothing here is its own.
  @Override
  public void close() {
    blocks = Optional.empty();
    summaries = block -> {};
  }
}
