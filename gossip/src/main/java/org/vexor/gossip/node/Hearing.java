package org.vexor.gossip.node;

import java.util.function.Consumer;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.table.CrdsEntry;
import org.vexor.gossip.table.InsertOutcome;
import org.vexor.gossip.table.TableListener;

/// Tells the listener, by kind, what the table takes and loses; and the rounds what is news.
final class Hearing implements TableListener {
  private final GossipListener listener;
  private final DuplicateProofs proofs = new DuplicateProofs();
  private Consumer<CrdsEntry> news = entry -> {};
  private Runnable lost = () -> {};

  Hearing(GossipListener listener) {
    this.listener = listener;
  }

  void onTaken(Consumer<CrdsEntry> newNews, GossipCounters counters) {
    news = newNews;
    lost = () -> counters.count(GossipCount.VALUES_REMOVED);
  }

  @Override
  public void taken(CrdsEntry entry) {
    news.accept(entry);
    switch (entry.value().data()) {
      case ContactInfo info -> listener.contact(info);
      case CrdsData.Vote vote -> listener.vote(vote);
      case CrdsData.EpochSlots slots -> listener.epochSlots(slots);
      case CrdsData.LowestSlot slot -> listener.lowestSlot(slot);
      case CrdsData.SnapshotHashes hashes -> listener.snapshotHashes(hashes);
      case CrdsData.DuplicateShred piece -> proofs.add(piece).ifPresent(listener::duplicateShreds);
      case CrdsData.RestartLastVotedForkSlots restart -> {}
      case CrdsData.RestartHeaviestFork restart -> {}
      case CrdsData.Removed removed -> {}
    }
  }

  @Override
  public void removed(CrdsValue value) {
    lost.run();
    if (value.data() instanceof ContactInfo info) {
      listener.contactLost(info.owner());
    }
  }

  void refused(CrdsValue value, InsertOutcome outcome) {
    if (outcome == InsertOutcome.DUPLICATE_INSTANCE && value.data() instanceof ContactInfo other) {
      listener.duplicateInstance(other);
    }
  }
}
