package org.vexor.node.tpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.solana.Hash;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionRefusal;

final class TransferLoadTest {
  private final Keypair payer = Keypair.generate();

  @ParameterizedTest
  @ValueSource(ints = {0, 260, 400, 600, 1_232, 1_233, 4_096})
  void madeTransfersAreSaneAndOfTheSizeAskedFor(int bytes) {
    var load = new TransferLoad(payer, Hash.ZERO, bytes);
    Transaction first = load.next();
    assertEquals(TransactionRefusal.NONE, first.sanitize());
    assertNotEquals(first.signatures(), load.next().signatures());
    if (bytes > 0) {
      // A memo whose length takes one byte more leaves a gap of one.
      assertTrue(first.lengthBytes() == bytes || first.lengthBytes() == bytes - 1);
    }
  }

  @Test
  void sizesThatNoTransferHasAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TransferLoad(payer, Hash.ZERO, 100));
    assertThrows(IllegalArgumentException.class, () -> new TransferLoad(payer, Hash.ZERO, 4_097));
  }
}
