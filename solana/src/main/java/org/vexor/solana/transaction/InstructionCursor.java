package org.vexor.solana.transaction;

/// Visits the instructions of a parsed [TransactionView], in order, without allocating.
///
/// ```
/// cursor.wrap(view); while (cursor.next()) { … cursor.dataOffset() … }
/// ```
///
/// Offsets index the view's array. One thread at a time.
public final class InstructionCursor {
  private TransactionView view = new TransactionView();
  private int left;
  private int at;
  private int payload;
  private int program;
  private int accountsOffset;
  private int accountCount;
  private int dataOffset;
  private int dataLength;

  /// Starts before the first instruction of a view whose parse succeeded.
  public InstructionCursor wrap(TransactionView transaction) {
    view = transaction;
    left = transaction.instructionCount();
    at = transaction.instructionsOffset();
    payload = transaction.payloadOffset();
    return this;
  }

  /// Steps to the next instruction; false when there is none.
  public boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    byte[] bytes = view.bytes();
    program = bytes[at] & 0xff;
    if (view.version() == 1) {
      accountCount = bytes[at + 1] & 0xff;
      dataLength = (bytes[at + 2] & 0xff) | ((bytes[at + 3] & 0xff) << 8);
      accountsOffset = payload;
      dataOffset = payload + accountCount;
      payload = dataOffset + dataLength;
      at += 4;
    } else {
      accountCount = ShortVecs.read(bytes, at + 1, bytes.length);
      accountsOffset = at + 1 + ShortVecs.size(accountCount);
      int dataHeader = accountsOffset + accountCount;
      dataLength = ShortVecs.read(bytes, dataHeader, bytes.length);
      dataOffset = dataHeader + ShortVecs.size(dataLength);
      at = dataOffset + dataLength;
    }
    return true;
  }

  /// Index of the program among the accounts.
  public int programIndex() {
    return program;
  }

  /// How many accounts the instruction gets.
  public int accountCount() {
    return accountCount;
  }

  /// Where the account indexes, one byte each, start.
  public int accountsOffset() {
    return accountsOffset;
  }

  /// Where the data starts.
  public int dataOffset() {
    return dataOffset;
  }

  /// Bytes of data.
  public int dataLength() {
    return dataLength;
  }
}
