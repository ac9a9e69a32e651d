package org.vexor.localnet.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Hash;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;

final class IntakeTest {
  private final TransactionSigner payer = TransactionSigner.of(Keypair.generate());
  private final RecentBlocks chain = new RecentBlocks(hash(0));
  private final Intake intake = new Intake(2, chain);

  private static Hash hash(int number) {
    byte[] bytes = new byte[Hash.LENGTH];
    bytes[0] = (byte) number;
    return Hash.of(bytes);
  }

  private Transaction transfer(long lamports, Hash blockhash) {
    return Transaction.sign(
        new MessageBuilder(payer.pubkey())
            .add(SystemProgram.transfer(payer.pubkey(), payer.pubkey(), lamports))
            .buildLegacy(blockhash),
        List.of(payer));
  }

  private long count(IntakeCount count) {
    return intake.counts().getOrDefault(count, -1L);
  }

  @Test
  void givesEachLeaderWhatReachedIt() {
    Transaction transfer = transfer(1, hash(0));
    assertTrue(intake.offer(1, transfer.toByteArray()));
    assertEquals(List.of(), intake.take(0, 10));
    assertEquals(List.of(transfer), intake.take(1, 10));
    assertEquals(1, count(IntakeCount.INCLUDED));
  }

  @Test
  void whatReachesTwoLeadersIsInOneBlock() {
    byte[] transfer = transfer(1, hash(0)).toByteArray();
    intake.offer(0, transfer.clone());
    intake.offer(1, transfer.clone());
    assertEquals(1, intake.take(0, 10).size());
    intake.made();
    assertEquals(0, intake.take(1, 10).size());
    assertEquals(1, count(IntakeCount.DUPLICATE));
  }

  @Test
  void refusesUnderAReason() {
    byte[] forged = transfer(1, hash(0)).toByteArray();
    forged[5] ^= 1;
    intake.offer(0, forged);
    intake.offer(0, new byte[100]);
    intake.offer(0, transfer(1, hash(9)).toByteArray());
    assertEquals(List.of(), intake.take(0, 10));
    assertEquals(1, count(IntakeCount.BAD_SIGNATURE));
    assertEquals(1, count(IntakeCount.MALFORMED));
    assertEquals(1, count(IntakeCount.OLD_BLOCKHASH));
  }

  @Test
  void aBlockhashIsGoodForItsTimeAndNoTransactionLandsTwiceInIt() {
    Transaction transfer = transfer(1, hash(0));
    intake.offer(0, transfer.toByteArray());
    assertEquals(1, intake.take(0, 10).size());
    intake.made();
    for (int block = 1; block < RecentBlocks.BLOCKHASH_LIFE; block++) {
      chain.add(block, block - 1, hash(block));
      intake.offer(0, transfer.toByteArray());
      assertEquals(0, intake.take(0, 10).size());
      intake.made();
    }
    assertEquals(RecentBlocks.BLOCKHASH_LIFE - 1, count(IntakeCount.DUPLICATE));
    assertTrue(chain.withBlockhash(hash(0)).isPresent());
    chain.add(150, 149, hash(150));
    assertFalse(chain.withBlockhash(hash(0)).isPresent());
  }

  @Test
  void aFullPoolSaysSo() {
    byte[] transfer = transfer(1, hash(0)).toByteArray();
    int taken = 0;
    while (intake.offer(0, transfer)) {
      taken++;
    }
    assertEquals(1 << 14, taken);
    assertEquals(1, count(IntakeCount.POOL_FULL));
  }
}
