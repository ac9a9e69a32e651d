package org.vexor.bench.turbine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.entry.Entry;
import org.vexor.solana.entry.EntryBatches;
import org.vexor.solana.entry.EntryChain;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.turbine.shred.ShredLayout;
import org.vexor.turbine.shredder.Shredder;

/// Four slots of 2,000 signed transfers, 64 ticks and four batches each, the same in every run.
final class MadeSlots {
  static final int SHRED_VERSION = 1234;

  private static final long FIRST_SLOT = 1000;
  private static final int SLOTS = 4;
  private static final int BATCHES = 4;
  private static final int TICKS_PER_BATCH = 16;
  private static final int TRANSFERS_PER_BATCH = 500;

  private MadeSlots() {}

  /// A key that follows from a number.
  static Keypair keypair(int number) {
    byte[] seed = new byte[Keypair.SEED_LENGTH];
    Arrays.fill(seed, (byte) number);
    return Keypair.fromSeed(seed);
  }

  static BenchInput make() {
    Keypair leader = keypair(1);
    List<byte[]> shreds = new ArrayList<>();
    Shredder shredder = new Shredder(new Ed25519Signer(leader)::sign, SHRED_VERSION);
    EntryChain chain = new EntryChain(Hash.of(new byte[Hash.LENGTH]));
    Payer payer = new Payer(new Ed25519Signer(keypair(2)));
    byte[] parentRoot = new byte[ShredLayout.ROOT_BYTES];
    int lamports = 1;
    for (long slot = FIRST_SLOT; slot < FIRST_SLOT + SLOTS; slot++) {
      shredder.startSlot(slot, slot - 1, parentRoot);
      for (int batch = 0; batch < BATCHES; batch++) {
        byte[] bytes = EntryBatches.serialize(batch(chain, payer, lamports));
        lamports += TRANSFERS_PER_BATCH;
        shredder.shred(
            bytes,
            0,
            bytes.length,
            (batch + 1) * TICKS_PER_BATCH,
            batch == BATCHES - 1,
            (array, offset, length) ->
                shreds.add(Arrays.copyOfRange(array, offset, offset + length)));
      }
      parentRoot = shredder.lastRoot();
    }
    return BenchInput.of(leader.publicKey(), shreds);
  }

  /// Four entries of seven or eight transfers before each tick.
  private static List<Entry> batch(EntryChain chain, Payer payer, int firstLamports) {
    int perBatch = 4 * TICKS_PER_BATCH;
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < perBatch; i++) {
      List<Transaction> transfers = new ArrayList<>();
      int end = TRANSFERS_PER_BATCH * (i + 1) / perBatch;
      for (int n = TRANSFERS_PER_BATCH * i / perBatch; n < end; n++) {
        transfers.add(payer.transfer(firstLamports + n));
      }
      entries.add(chain.record(1, transfers));
      if (i % 4 == 3) {
        entries.add(chain.tick(1));
      }
    }
    return entries;
  }

  /// Pays in every transfer; amounts that differ make transactions that differ.
  private record Payer(Ed25519Signer signer) implements TransactionSigner {
    private static final Pubkey RECEIVER = keypair(3).publicKey();
    private static final Hash BLOCKHASH = Hash.of(new byte[Hash.LENGTH]);

    @Override
    public Pubkey pubkey() {
      return signer.publicKey();
    }

    @Override
    public Signature sign(byte[] message) {
      return signer.sign(message);
    }

    Transaction transfer(long lamports) {
      return Transaction.sign(
          new MessageBuilder(pubkey())
              .add(SystemProgram.transfer(pubkey(), RECEIVER, lamports))
              .buildLegacy(BLOCKHASH),
          List.of(this));
    }
  }
}
