package org.vexor.localnet.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionView;

/// Takes transactions for the leaders, and gives each leader what it may put into its block.
/// [#offer] is for any thread, [#take] and [#made] for the one that makes blocks.
public final class Intake {
  /// Four slots at ten thousand a second.
  private static final int POOL = 1 << 14;

  private final List<ManyToOneConcurrentArrayQueue<byte[]>> pools = new ArrayList<>();
  private final RecentBlocks chain;
  private final Set<Signature> included = new HashSet<>();
  private final ArrayDeque<List<Signature>> byBlock = new ArrayDeque<>();
  private final AtomicLongArray counts = new AtomicLongArray(IntakeCount.values().length);
  private final TransactionView view = new TransactionView();
  private final Ed25519Verifier verifier = new Ed25519Verifier();
  private List<Signature> ofThisBlock = new ArrayList<>();

  /// @param leaders how many there are
  /// @param chain whose blockhashes count
  public Intake(int leaders, RecentBlocks chain) {
    for (int leader = 0; leader < leaders; leader++) {
      pools.add(new ManyToOneConcurrentArrayQueue<>(POOL));
    }
    this.chain = chain;
  }

  /// A transaction has reached a leader.
  ///
  /// @param transaction the intake's from now on
  /// @return false when there is no room
  public boolean offer(int leader, byte[] transaction) {
    boolean taken = pools.get(leader).offer(transaction);
    if (!taken) {
      count(IntakeCount.POOL_FULL);
    }
    return taken;
  }

  /// What a leader may put into its block now; looks at `limit` transactions at most.
  public List<Transaction> take(int leader, int limit) {
    List<Transaction> taken = new ArrayList<>();
    for (int i = 0; i < limit; i++) {
      byte[] bytes = pools.get(leader).poll();
      if (bytes == null) {
        break;
      }
      IntakeCount outcome = judge(bytes);
      count(outcome);
      if (outcome == IntakeCount.INCLUDED) {
        Transaction transaction = Transaction.of(view);
        included.add(transaction.signatures().getFirst());
        ofThisBlock.add(transaction.signatures().getFirst());
        taken.add(transaction);
      }
    }
    return taken;
  }

  private IntakeCount judge(byte[] bytes) {
    if (view.parseExact(bytes, 0, bytes.length) != TransactionRefusal.NONE
        || view.sanitize() != TransactionRefusal.NONE) {
      return IntakeCount.MALFORMED;
    }
    if (included.contains(Signature.of(bytes, view.signatureOffset(0)))) {
      return IntakeCount.DUPLICATE;
    }
    if (chain.withBlockhash(Hash.of(bytes, view.blockhashOffset())).isEmpty()) {
      return IntakeCount.OLD_BLOCKHASH;
    }
    boolean isSigned =
        view.verify(
            (all, key, signature, message, length) ->
                verifier.verify(all, message, length, all, signature, all, key));
    return isSigned ? IntakeCount.INCLUDED : IntakeCount.BAD_SIGNATURE;
  }

  /// A block is made of what was taken; forgets what no blockhash lets come again.
  public void made() {
    byBlock.addLast(ofThisBlock);
    ofThisBlock = new ArrayList<>();
    if (byBlock.size() > RecentBlocks.BLOCKHASH_LIFE + 1) {
      byBlock.removeFirst().forEach(included::remove);
    }
  }

  private void count(IntakeCount outcome) {
    counts.getAndIncrement(outcome.ordinal());
  }

  /// What was counted so far. Any thread.
  public Map<IntakeCount, Long> counts() {
    Map<IntakeCount, Long> all = new EnumMap<>(IntakeCount.class);
    for (IntakeCount count : IntakeCount.values()) {
      all.put(count, counts.get(count.ordinal()));
    }
    return all;
  }
}
