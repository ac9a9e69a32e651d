package org.vexor.localnet;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.vexor.localnet.chain.Intake;
import org.vexor.localnet.chain.RecentBlocks;
import org.vexor.solana.Hash;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.entry.Entry;
import org.vexor.solana.entry.EntryBatches;
import org.vexor.solana.entry.EntryChain;
import org.vexor.solana.transaction.Message;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.WellKnownPrograms;
import org.vexor.turbine.shredder.Shredder;

/// Makes block after block, each on the one before: transactions into entries between ticks,
/// entries into batches, batches into shreds signed by the slot's leader. One thread.
///
/// A block comes in [#PIECES] pieces, each a batch of its own, as a leader sends while its slot
/// goes on.
final class BlockProducer {
  /// Pieces of a block. Each fills at least one FEC set of 64 shreds, so that a burst stays well
  /// below what a socket buffer of the system's default size holds (some 180 shreds).
  static final int PIECES = 8;

  /// As every block has on the public clusters.
  static final int TICKS = 64;

  private static final int TICKS_OF_PIECE = TICKS / PIECES;

  /// Transactions of clients in one piece: ten thousand a second.
  private static final int MOST_OF_CLIENTS = 500;

  private final Transfers transfers;
  private final Intake intake;
  private final RecentBlocks recent;
  private final Consumer<MadeContent> made;
  private final int hashesPerTick;
  private final double transactionsOfPiece;
  private final List<Shredder> shredders;
  private final EntryChain chain;
  private final MessageDigest signatures = sha256();
  private final MessageDigest wire = sha256();

  private List<Transaction> content = new ArrayList<>();
  private long parentSlot;
  private byte[] parentRoot;
  private Hash recentBlockhash;
  private long pieces;
  private long slot;
  private int leader;
  private int ticks;
  private int shreds;
  private int entries;
  private int transactions;
  private int votes;

  /// @param intake what clients sent
  /// @param recent is told of each block
  /// @param made is told what is in it
  BlockProducer(
      Cluster cluster,
      LocalnetOptions options,
      Intake intake,
      RecentBlocks recent,
      Consumer<MadeContent> made) {
    this.intake = intake;
    this.recent = recent;
    this.made = made;
    transfers = new Transfers(options.seed());
    hashesPerTick = options.hashesPerTick();
    transactionsOfPiece =
        options.byQuic() ? 0 : options.transactionsPerSecond() * (options.slotNs() / 1e9) / PIECES;
    shredders =
        cluster.members().stream()
            .map(
                member ->
                    new Shredder(
                        new Ed25519Signer(member.identity())::sign, cluster.shredVersion()))
            .toList();
    chain = new EntryChain(cluster.genesis());
    recentBlockhash = cluster.genesis();
    parentRoot = cluster.genesis().bytes();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /// Starts the block of a slot, on the block finished last.
  void begin(long ofSlot, int byLeader) {
    slot = ofSlot;
    leader = byLeader;
    ticks = 0;
    shreds = 0;
    entries = 0;
    transactions = 0;
    votes = 0;
    content = new ArrayList<>();
    shredders.get(leader).startSlot(slot, parentSlot, parentRoot);
  }

  /// Makes the next piece; the last of them ends the slot.
  void nextPiece(Consumer<byte[]> output) {
    List<Transaction> due = nextTransactions();
    List<Entry> batch = new ArrayList<>();
    int taken = 0;
    for (int i = 1; i <= TICKS_OF_PIECE; i++) {
      int until = due.size() * i / TICKS_OF_PIECE;
      long used = 0;
      if (until > taken) {
        used = hashesPerTick / 2;
        batch.add(chain.record(used, due.subList(taken, until)));
        taken = until;
      }
      batch.add(chain.tick(hashesPerTick - used));
    }
    ticks += TICKS_OF_PIECE;
    entries += batch.size();
    transactions += due.size();
    byte[] bytes = EntryBatches.serialize(batch);
    shredders
        .get(leader)
        .shred(
            bytes,
            0,
            bytes.length,
            ticks,
            ticks == TICKS,
            (shred, offset, length) -> {
              shreds++;
              output.accept(Arrays.copyOfRange(shred, offset, offset + length));
            });
  }

  private List<Transaction> nextTransactions() {
    pieces++;
    long owed = (long) (pieces * transactionsOfPiece) - transfers.made();
    List<Transaction> due = new ArrayList<>();
    for (long i = 0; i < owed; i++) {
      due.add(transfers.next(recentBlockhash));
    }
    for (Transaction transaction : intake.take(leader, MOST_OF_CLIENTS)) {
      due.add(transaction);
      if (isVote(transaction)) {
        votes++;
      }
    }
    content.addAll(due);
    for (Transaction transaction : due) {
      signatures.update(transaction.signatures().getFirst().bytes());
      wire.update(transaction.toByteArray());
    }
    return due;
  }

  private static boolean isVote(Transaction transaction) {
    Message message = transaction.message();
    return message.instructions().size() == 1
        && message
            .accounts()
            .get(message.instructions().getFirst().programIndex())
            .equals(WellKnownPrograms.VOTE);
  }

  /// Ends the block: what it holds, for comparison with what arrives.
  MadeBlock finish() {
    recentBlockhash = chain.current();
    recent.add(slot, parentSlot, recentBlockhash);
    intake.made();
    made.accept(new MadeContent(slot, parentSlot, leader, recentBlockhash, content));
    parentSlot = slot;
    parentRoot = shredders.get(leader).lastRoot();
    return new MadeBlock(
        shreds,
        entries,
        transactions,
        votes,
        recentBlockhash,
        Hash.of(signatures.digest()),
        Hash.of(wire.digest()));
  }
}
