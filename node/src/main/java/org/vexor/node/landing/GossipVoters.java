package org.vexor.node.landing;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.solana.Pubkey;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.solana.vote.VoteReading;
import org.vexor.solana.vote.VoteTransactions;

/// Who votes, as gossip tells: the nodes that lead slots are among them, though it does not say
/// which one leads now. One thread tells; any asks.
public final class GossipVoters {
  /// Ten times the validators of the largest cluster.
  private static final int MOST = 16_384;

  private final Map<Pubkey, Long> lastSlots = new ConcurrentHashMap<>();
  private final TransactionView view = new TransactionView();
  private volatile long newest = -1;

  /// A vote that its owner signed.
  public void heard(CrdsData.Vote vote) {
    byte[] bytes = vote.transaction().bytes();
    if (view.parseExact(bytes, 0, bytes.length) != TransactionRefusal.NONE
        || !(VoteTransactions.read(view) instanceof VoteReading.Vote read)
        || read.vote().tower().lockouts().isEmpty()
        || (lastSlots.size() >= MOST && !lastSlots.containsKey(vote.owner()))) {
      return;
    }
    long slot = read.vote().tower().lockouts().getLast().slot();
    long last = lastSlots.merge(vote.owner(), slot, Math::max);
    newest = Math.max(newest, last);
  }

  /// All of them, who voted for the highest slot first.
  public List<Pubkey> all() {
    return Map.copyOf(lastSlots).entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The highest slot that anybody voted for; negative before the first. Whoever votes may name any
  /// slot.
  public long newestSlot() {
    return newest;
  }
}
