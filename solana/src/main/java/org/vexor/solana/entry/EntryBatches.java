package org.vexor.solana.entry;

import java.util.ArrayList;
import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.transaction.Transaction;

/// Batches of entries as objects, for those who make blocks and for tests; readers of many use
/// [EntryBatchReader].
public final class EntryBatches {
  private EntryBatches() {}

  /// The bytes of a batch, without padding.
  ///
  /// @throws IllegalArgumentException when there is no entry, which would read as a block marker
  public static byte[] serialize(List<Entry> entries) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a batch of no entries would read as a block marker");
    }
    int length = EntryBatchReader.COUNT_BYTES;
    for (Entry entry : entries) {
      length += EntryBatchReader.ENTRY_HEADER_BYTES;
      for (Transaction transaction : entry.transactions()) {
        length += transaction.lengthBytes();
      }
    }
    WireWriter writer = new WireWriter(new byte[length]).vecLength(entries.size());
    for (Entry entry : entries) {
      writer.u64(entry.numHashes()).bytes(entry.hash().bytes());
      writer.vecLength(entry.transactions().size());
      entry.transactions().forEach(transaction -> transaction.write(writer));
    }
    return writer.toByteArray();
  }

  /// The entries a wrapped reader has before it, copied. What made it stop early is in its refusal.
  public static List<Entry> copy(EntryBatchReader reader) {
    List<Entry> entries = new ArrayList<>();
    while (reader.nextEntry()) {
      long numHashes = reader.numHashes();
      Hash hash = Hash.of(reader.bytes(), reader.hashOffset());
      List<Transaction> transactions = new ArrayList<>();
      while (reader.nextTransaction()) {
        transactions.add(Transaction.of(reader.transaction()));
      }
      if (reader.refusal() == EntryRefusal.NONE) {
        entries.add(new Entry(numHashes, hash, transactions));
      }
    }
    return entries;
  }
}
