package org.vexor.solana.transaction;

import java.util.List;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireWriter;

/// Calls of the system program. Layout: solana-sdk system instruction, bincode.
public final class SystemProgram {
  private static final int TRANSFER = 2;

  private SystemProgram() {}

  /// Moves `lamports` (unsigned) from `from`, which signs, to `to`.
  public static Instruction transfer(Pubkey from, Pubkey to, long lamports) {
    byte[] data = new WireWriter(new byte[12]).u32(TRANSFER).u64(lamports).toByteArray();
    return new Instruction(
        WellKnownPrograms.SYSTEM,
        List.of(AccountMeta.writableSigner(from), AccountMeta.writable(to)),
        Octets.of(data));
  }
}
