package org.vexor.solana.transaction;

import java.util.Arrays;

/// The rules of solana-sdk's message sanitize, and of SIMD-0385 for version 1, over a parsed view.
///
/// A cold path beside signature checks, so it makes its own cursors.
final class TransactionSanitizer {
  private static final int MAXIMUM_ACCOUNTS = 256; // an index is one byte

  private TransactionSanitizer() {}

  static TransactionRefusal check(TransactionView view) {
    boolean v1 = view.version() == 1;
    if (view.length() > (v1 ? TransactionView.MAXIMUM_BYTES_V1 : TransactionView.MAXIMUM_BYTES)) {
      return TransactionRefusal.TOO_LONG;
    }
    int required = view.requiredSignatures();
    if (required == 0 || view.signatureCount() != required) {
      return TransactionRefusal.SIGNATURE_COUNT;
    }
    if (required + view.readonlyUnsigned() > view.accountCount()) {
      return TransactionRefusal.TOO_FEW_ACCOUNTS;
    }
    if (view.readonlySigned() >= required) {
      return TransactionRefusal.NO_WRITABLE_SIGNER;
    }
    if (v1) {
      TransactionRefusal limits = checkV1(view);
      if (limits != TransactionRefusal.NONE) {
        return limits;
      }
    }
    int accounts = view.accountCount();
    LookupCursor lookup = new LookupCursor().wrap(view);
    while (lookup.next()) {
      int loaded = lookup.writableCount() + lookup.readonlyCount();
      if (loaded == 0) {
        return TransactionRefusal.EMPTY_LOOKUP;
      }
      accounts += loaded;
    }
    if (accounts > MAXIMUM_ACCOUNTS) {
      return TransactionRefusal.TOO_MANY_ACCOUNTS;
    }
    TransactionRefusal indexes = checkIndexes(view, accounts);
    return indexes != TransactionRefusal.NONE ? indexes : checkDistinct(view);
  }

  private static TransactionRefusal checkV1(TransactionView view) {
    if (view.requiredSignatures() > TransactionView.V1_MAXIMUM_SIGNATURES) {
      return TransactionRefusal.SIGNATURE_COUNT;
    }
    if (view.accountCount() > TransactionView.V1_MAXIMUM_ITEMS) {
      return TransactionRefusal.TOO_MANY_ACCOUNTS;
    }
    if (view.instructionCount() > TransactionView.V1_MAXIMUM_ITEMS) {
      return TransactionRefusal.TOO_MANY_INSTRUCTIONS;
    }
    int mask = view.configMask();
    int fee = mask & 0b11; // the priority fee is a u64, so both of its words are there or none
    boolean known = (mask & ~TransactionView.V1_KNOWN_CONFIG) == 0 && (fee == 0 || fee == 0b11);
    return known ? TransactionRefusal.NONE : TransactionRefusal.CONFIG_MASK;
  }

  private static TransactionRefusal checkIndexes(TransactionView view, int accounts) {
    byte[] bytes = view.bytes();
    InstructionCursor instruction = new InstructionCursor().wrap(view);
    while (instruction.next()) {
      if (instruction.programIndex() == 0 || instruction.programIndex() >= view.accountCount()) {
        return TransactionRefusal.PROGRAM_INDEX;
      }
      int last = instruction.accountsOffset() + instruction.accountCount();
      for (int at = instruction.accountsOffset(); at < last; at++) {
        if ((bytes[at] & 0xff) >= accounts) {
          return TransactionRefusal.ACCOUNT_INDEX;
        }
      }
    }
    return TransactionRefusal.NONE;
  }

  private static TransactionRefusal checkDistinct(TransactionView view) {
    byte[] bytes = view.bytes();
    for (int i = 1;
        i < view.accountCount();
        i++) { // at most 37 keys fit 1232 bytes, 64 in version 1
      int key = view.accountOffset(i);
      for (int j = 0; j < i; j++) {
        int other = view.accountOffset(j);
        if (Arrays.equals(bytes, key, key + 32, bytes, other, other + 32)) {
          return TransactionRefusal.DUPLICATE_ACCOUNT;
        }
      }
    }
    return TransactionRefusal.NONE;
  }
}
