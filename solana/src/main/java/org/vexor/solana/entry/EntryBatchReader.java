package org.vexor.solana.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import org.vexor.solana.Hash;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionView;

/// Walks the entries and transactions of one batch where they lie, without allocating.
///
/// ```
/// if (reader.wrap(bytes, offset, limit) == NONE) {
///   while (reader.nextEntry()) {
///     while (reader.nextTransaction()) { … reader.transaction() … }
///   }
/// }
/// if (reader.refusal() != NONE) { … }
/// ```
///
/// Transactions not asked for are stepped over. After the last entry [#consumedBytes] tells where
/// the padding begins. A batch of count 0 has no entries; [#isBlockMarker] tells, and
/// [BlockMarker#read] reads it. The array is lent until the next [#wrap]; one thread at a time.
/// Layout: agave entry, SIMD-0307 and SIMD-0337 for markers.
public final class EntryBatchReader {
  static final int COUNT_BYTES = 8;
  static final int ENTRY_HEADER_BYTES = 8 + Hash.LENGTH + 8;
  // No signature, header, no account, blockhash, no instruction: nothing shorter parses.
  private static final int MINIMUM_TRANSACTION_BYTES = 1 + 3 + 1 + 32 + 1;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final TransactionView transaction = new TransactionView();
  private byte[] bytes = new byte[0];
  private int start;
  private int limit;
  private int at;
  private int entryCount;
  private int entriesLeft;
  private int transactionCount;
  private int transactionsLeft;
  private int entryOffset;
  private EntryRefusal refusal = EntryRefusal.NONE;
  private TransactionRefusal transactionRefusal = TransactionRefusal.NONE;

  /// Starts on the batch that begins at `offset` and ends, with its padding, at `end`.
  ///
  /// @return [EntryRefusal#NONE], or why there is nothing to walk
  /// @throws IndexOutOfBoundsException when `offset..end` is not within the array
  public EntryRefusal wrap(byte[] source, int offset, int end) {
    Objects.checkFromToIndex(offset, end, source.length);
    bytes = source;
    start = offset;
    limit = end;
    at = offset;
    entryCount = 0;
    entriesLeft = 0;
    transactionCount = 0;
    transactionsLeft = 0;
    refusal = EntryRefusal.NONE;
    transactionRefusal = TransactionRefusal.NONE;
    if (end - offset < COUNT_BYTES) {
      return refuse(EntryRefusal.TRUNCATED);
    }
    long count = (long) LONG.get(source, offset);
    at += COUNT_BYTES;
    if (Long.compareUnsigned(count, (limit - at) / ENTRY_HEADER_BYTES) > 0) {
      return refuse(EntryRefusal.COUNT_BEYOND_BYTES);
    }
    entryCount = (int) count;
    entriesLeft = entryCount;
    return EntryRefusal.NONE;
  }

  /// Steps to the next entry; false when there is none or the batch is broken, which [#refusal]
  /// tells apart.
  public boolean nextEntry() {
    while (transactionsLeft > 0) {
      if (!nextTransaction()) {
        return false;
      }
    }
    if (entriesLeft == 0 || refusal != EntryRefusal.NONE) {
      return false;
    }
    if (limit - at < ENTRY_HEADER_BYTES) {
      refuse(EntryRefusal.TRUNCATED);
      return false;
    }
    entriesLeft--;
    entryOffset = at;
    long count = (long) LONG.get(bytes, at + 8 + Hash.LENGTH);
    at += ENTRY_HEADER_BYTES;
    if (Long.compareUnsigned(count, (limit - at) / MINIMUM_TRANSACTION_BYTES) > 0) {
      refuse(EntryRefusal.COUNT_BEYOND_BYTES);
      return false;
    }
    transactionCount = (int) count;
    transactionsLeft = transactionCount;
    return true;
  }

  /// Steps to the next transaction of the entry; false when there is none or it is broken.
  public boolean nextTransaction() {
    if (transactionsLeft == 0) {
      return false;
    }
    TransactionRefusal why = transaction.parse(bytes, at, limit);
    if (why != TransactionRefusal.NONE) {
      transactionRefusal = why;
      refuse(EntryRefusal.TRANSACTION);
      return false;
    }
    transactionsLeft--;
    at += transaction.length();
    return true;
  }

  private EntryRefusal refuse(EntryRefusal why) {
    refusal = why;
    entriesLeft = 0;
    transactionsLeft = 0;
    return why;
  }

  /// Why the walk ended early; [EntryRefusal#NONE] when it did not.
  public EntryRefusal refusal() {
    return refusal;
  }

  /// What is wrong with the transaction when [#refusal] is [EntryRefusal#TRANSACTION].
  public TransactionRefusal transactionRefusal() {
    return transactionRefusal;
  }

  /// Whether the batch holds a block marker instead of entries.
  public boolean isBlockMarker() {
    return entryCount == 0 && refusal == EntryRefusal.NONE && limit - start >= COUNT_BYTES;
  }

  /// Entries that the batch announces.
  public int entryCount() {
    return entryCount;
  }

  /// Hashes from the previous entry to this one, unsigned.
  public long numHashes() {
    return (long) LONG.get(bytes, entryOffset);
  }

  /// Where the entry's hash (32 bytes) starts in the array.
  public int hashOffset() {
    return entryOffset + 8;
  }

  /// Transactions of the entry; 0 makes it a tick.
  public int transactionCount() {
    return transactionCount;
  }

  /// The transaction stepped to last; the same object every time.
  public TransactionView transaction() {
    return transaction;
  }

  /// Bytes of the batch walked so far; after the last entry what follows is padding.
  public int consumedBytes() {
    return at - start;
  }

  /// The array that all offsets index.
  public byte[] bytes() {
    return bytes;
  }
}
