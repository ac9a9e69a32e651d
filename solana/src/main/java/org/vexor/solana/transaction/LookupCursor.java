package org.vexor.solana.transaction;

/// Visits the address table lookups of a parsed [TransactionView], in order, without allocating.
/// Offsets index the view's array. One thread at a time.
public final class LookupCursor {
  private byte[] bytes = new byte[0];
  private int left;
  private int at;
  private int tableOffset;
  private int writableOffset;
  private int writableCount;
  private int readonlyOffset;
  private int readonlyCount;

  /// Starts before the first lookup of a view whose parse succeeded.
  public LookupCursor wrap(TransactionView transaction) {
    bytes = transaction.bytes();
    left = transaction.lookupCount();
    at = transaction.lookupsOffset();
    return this;
  }

  /// Steps to the next lookup; false when there is none.
  public boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    tableOffset = at;
    writableCount = ShortVecs.read(bytes, at + 32, bytes.length);
    writableOffset = at + 32 + ShortVecs.size(writableCount);
    int readonlyHeader = writableOffset + writableCount;
    readonlyCount = ShortVecs.read(bytes, readonlyHeader, bytes.length);
    readonlyOffset = readonlyHeader + ShortVecs.size(readonlyCount);
    at = readonlyOffset + readonlyCount;
    return true;
  }

  /// Where the table's key (32 bytes) starts.
  public int tableOffset() {
    return tableOffset;
  }

  /// Where the table indexes of accounts to write, one byte each, start.
  public int writableOffset() {
    return writableOffset;
  }

  /// How many accounts to write come from the table.
  public int writableCount() {
    return writableCount;
  }

  /// Where the table indexes of accounts to read, one byte each, start.
  public int readonlyOffset() {
    return readonlyOffset;
  }

  /// How many accounts to read come from the table.
  public int readonlyCount() {
    return readonlyCount;
  }
}
