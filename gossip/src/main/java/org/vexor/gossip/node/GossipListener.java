package org.vexor.gossip.node;

import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.solana.Pubkey;

/// Hears what a node learns, on the node's thread; may not block it. Everything heard is signed by
/// its owner and let in by the table's rules.
public interface GossipListener {
  /// Hears nothing.
  GossipListener NONE = new GossipListener() {};

  /// A node is new, or says something new of itself.
  default void contact(ContactInfo contact) {}

  /// A node was not heard of for too long.
  default void contactLost(Pubkey identity) {}

  default void vote(CrdsData.Vote vote) {}

  default void epochSlots(CrdsData.EpochSlots slots) {}

  default void lowestSlot(CrdsData.LowestSlot slot) {}

  default void snapshotHashes(CrdsData.SnapshotHashes hashes) {}

  /// A whole proof that a leader made two versions of one shred; see [DuplicateProof] for what was
  /// checked.
  default void duplicateShreds(DuplicateProof proof) {}

  /// Another process runs with our identity and started after us: one of the two has to end.
  default void duplicateInstance(ContactInfo other) {}
}
