package org.vexor.localnet.chain;

import java.util.ArrayDeque;
import java.util.Optional;
import org.vexor.solana.Hash;

/// The last blocks of a chain, to tell how old a blockhash is. Any thread; a short lock.
public final class RecentBlocks {
  /// Blocks for which a blockhash is good (agave sdk clock MAX_PROCESSING_AGE).
  public static final int BLOCKHASH_LIFE = 150;

  private final ArrayDeque<Block> blocks = new ArrayDeque<>();

  /// A block.
  ///
  /// @param height blocks below it
  /// @param blockhash hash of its last entry
  public record Block(long slot, long parent, long height, Hash blockhash) {}

  /// A chain that begins with the genesis, as slot 0.
  public RecentBlocks(Hash genesis) {
    blocks.add(new Block(0, 0, 0, genesis));
  }

  /// Adds the block on top of the last one.
  public synchronized Block add(long slot, long parent, Hash blockhash) {
    Block block = new Block(slot, parent, blocks.getLast().height() + 1, blockhash);
    if (blocks.size() == BLOCKHASH_LIFE) {
      blocks.removeFirst();
    }
    blocks.addLast(block);
    return block;
  }

  /// The last block.
  public synchronized Block latest() {
    return blocks.getLast();
  }

  /// The last block of these that is not above a slot; the lowest kept when all are.
  public synchronized Block at(long slot) {
    for (var newestFirst = blocks.descendingIterator(); newestFirst.hasNext(); ) {
      Block block = newestFirst.next();
      if (block.slot() <= slot) {
        return block;
      }
    }
    return blocks.getFirst();
  }

  /// The block with this blockhash, while transactions with it can still land.
  public synchronized Optional<Block> withBlockhash(Hash blockhash) {
    return blocks.stream().filter(block -> block.blockhash().equals(blockhash)).findFirst();
  }
}
