package org.vexor.solana.transaction;

import java.util.List;
import org.vexor.solana.Pubkey;

/// A call of a program, by keys; a [MessageBuilder] turns it into indexes.
public record Instruction(Pubkey program, List<AccountMeta> accounts, Octets data) {
  /// Copies the list.
  public Instruction {
    accounts = List.copyOf(accounts);
  }
}
