package org.vexor.turbine.block;

import org.vexor.solana.transaction.TransactionView;

/// Is shown the transactions of a block, in order, on the assembler's thread, before
/// [BlockListener] hears that the block is finished or abandoned; nothing of another block comes in
/// between.
@FunctionalInterface
public interface TransactionVisitor {
  /// One transaction.
  ///
  /// @param transaction lent until this returns
  void transaction(TransactionView transaction);
}
