package org.vexor.node.landing;

import java.util.List;
import org.vexor.solana.Signature;
import org.vexor.tpu.leader.LeaderContacts;
import org.vexor.turbine.verify.SlotLeaders;

/// What a client of a cluster learns besides what RPC tells: addresses, slots, blocks. Any thread,
/// but [#start] and [#close] for one.
public interface ClusterFeed extends AutoCloseable {
  /// Begins.
  ///
  /// @param leaders whose signatures make a shred good
  /// @param blocks told of each block from then on
  /// @throws org.vexor.packet.PortException when a port cannot be bound
  void start(SlotLeaders leaders, CompleteBlocks blocks);

  /// Who listens where; nobody before [#start].
  LeaderContacts contacts();

  /// Whether blocks are received here.
  boolean receivesBlocks();

  /// The highest slot of which a shred came that its leader signed; negative before the first.
  long newestSlot();

  @Override
  void close();

  /// Hears of complete blocks, on the thread that receives them.
  @FunctionalInterface
  interface CompleteBlocks {
    /// A block is whole.
    ///
    /// @param signatures the first of each transaction, in order
    void complete(long slot, List<Signature> signatures);
  }
}
