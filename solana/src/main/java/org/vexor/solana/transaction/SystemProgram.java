package org.vexor.solana.transaction;

import java.util.List;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireWriter;

/// Calls of the system program. Layout: solana-sdk system instruction, bincode.
public final class SystemProgram {
  private static final int TRANSFER = 2;
  private static final byte ADVANCE_NONCE = 4;

  private SystemProgram() {}

  /// Moves `lamports` (unsigned) from `from`, which signs, to `to`.
  public static Instruction transfer(Pubkey from, Pubkey to, long lamports) {
    return new Instruction(
        WellKnownPrograms.SYSTEM,
        List.of(AccountMeta.writableSigner(from), AccountMeta.writable(to)),
        transferData(lamports));
  }

  /// The same, marked by a key that the program does not look at: by it the transfer is told from
  /// others of the same amount, and found again. Solana Pay's `reference`
  /// (docs.solanapay.com/spec).
  ///
  /// @param reference any 32 bytes; need not be an account
  public static Instruction transfer(Pubkey from, Pubkey to, long lamports, Pubkey reference) {
    return new Instruction(
        WellKnownPrograms.SYSTEM,
        List.of(
            AccountMeta.writableSigner(from),
            AccountMeta.writable(to),
            AccountMeta.readonly(reference)),
        transferData(lamports));
  }

  private static Octets transferData(long lamports) {
    return Octets.of(new WireWriter(new byte[12]).u32(TRANSFER).u64(lamports).toByteArray());
  }

  /// Whether a parsed transaction begins with the use of a nonce: then what stands in place of its
  /// blockhash is the nonce, which lives until it is used.
  public static boolean advancesNonce(TransactionView transaction) {
    InstructionCursor first = new InstructionCursor().wrap(transaction);
    if (!first.next() || first.dataLength() < 4) {
      return false;
    }
    byte[] bytes = transaction.bytes();
    int data = first.dataOffset();
    return first.programIndex() < transaction.accountCount()
        && WellKnownPrograms.SYSTEM.matches(bytes, transaction.accountOffset(first.programIndex()))
        && bytes[data] == ADVANCE_NONCE
        && bytes[data + 1] == 0
        && bytes[data + 2] == 0
        && bytes[data + 3] == 0;
  }
}
