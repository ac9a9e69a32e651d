package org.vexor.localnet.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// The chain as one node sees it: in which block which transaction is, and how far the votes in
/// blocks agree. Any thread; short locks, none of them while listeners are told.
public final class ChainView {
  /// Blocks whose transactions are remembered: twice as long as a blockhash is good.
  private static final int REMEMBERED_BLOCKS = 2 * RecentBlocks.BLOCKHASH_LIFE;

  /// So many blocks after one that did not come, it will not come any more.
  private static final int PATIENCE_BLOCKS = 16;

  private final RecentBlocks blocks;
  private final Agreement agreement;
  private final Map<Signature, Long> slots = new HashMap<>();
  private final ArrayDeque<SeenBlock> remembered = new ArrayDeque<>();
  private final TreeMap<Long, SeenBlock> early = new TreeMap<>();
  private final List<Consumer<SeenBlock>> listeners = new CopyOnWriteArrayList<>();
  private long confirmed;
  private long rooted;

  /// @param stakes lamports, by vote account
  public ChainView(Hash genesis, Map<Pubkey, Long> stakes) {
    blocks = new RecentBlocks(genesis);
    agreement = new Agreement(stakes);
  }

  /// Asks to be told of each block, in the order of the chain, on the thread that brings it.
  public void onBlock(Consumer<SeenBlock> listener) {
    listeners.add(listener);
  }

  /// A block is complete. One that comes before its parent waits for it, not for ever.
  public void seen(SeenBlock block) {
    List<SeenBlock> connected = connect(block);
    for (SeenBlock next : connected) {
      listeners.forEach(listener -> listener.accept(next));
    }
  }

  private synchronized List<SeenBlock> connect(SeenBlock block) {
    if (block.slot() > blocks.latest().slot()) {
      early.put(block.slot(), block);
    }
    List<SeenBlock> connected = new ArrayList<>();
    while (!early.isEmpty()
        && (early.firstEntry().getValue().parent() == blocks.latest().slot()
            || early.size() > PATIENCE_BLOCKS)) {
      SeenBlock next = early.pollFirstEntry().getValue();
      take(next);
      connected.add(next);
    }
    return connected;
  }

  private void take(SeenBlock block) {
    blocks.add(block.slot(), block.parent(), block.blockhash());
    block.transactions().forEach(signature -> slots.put(signature, block.slot()));
    remembered.addLast(block);
    if (remembered.size() > REMEMBERED_BLOCKS) {
      remembered.removeFirst().transactions().forEach(slots::remove);
    }
    block.votes().forEach(vote -> agreement.voted(vote.voteAccount(), vote.tower()));
    confirmed = Math.max(confirmed, agreement.confirmed());
    rooted = Math.max(rooted, agreement.rooted());
  }

  /// The chain's last blocks.
  public RecentBlocks blocks() {
    return blocks;
  }

  /// The block that holds a transaction.
  public synchronized OptionalLong slotOf(Signature signature) {
    Long slot = slots.get(signature);
    return slot == null ? OptionalLong.empty() : OptionalLong.of(slot);
  }

  /// The highest slot that two thirds of the stake voted for; 0 before the first.
  public synchronized long confirmedSlot() {
    return confirmed;
  }

  /// The highest slot that two thirds of the stake have rooted; 0 before the first.
  public synchronized long rootedSlot() {
    return rooted;
  }
}
