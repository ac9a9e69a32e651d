package org.vexor.solana.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.testkit.Fixtures;

final class TransactionViewTest {
  private static TransactionRefusal parse(byte[] bytes) {
    return new TransactionView().parseExact(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "firedancer/transaction1.bin,-1,4,false",
    "firedancer/transaction2.bin,0,1,false",
    "firedancer/transaction4.bin,-1,1,false",
    "firedancer/transaction6.bin,-1,2,false",
    "firedancer/sample_vote.bin,-1,1,true",
    "firedancer/vote_tower_sync.bin,-1,2,true"
  })
  void readsCapturedTransactions(String name, int version, int signatures, boolean vote) {
    byte[] bytes = Fixtures.solanaBytes(name);
    TransactionView view = new TransactionView();
    assertEquals(TransactionRefusal.NONE, view.parseExact(bytes, 0, bytes.length));
    assertEquals(TransactionRefusal.NONE, view.sanitize());
    assertEquals(version, view.version());
    assertEquals(signatures, view.signatureCount());
    assertEquals(signatures, view.requiredSignatures());
    assertEquals(vote, view.isSimpleVote());
    assertEquals(bytes.length, view.messageOffset() + view.messageLength());
    assertEquals(version == 0, view.lookupCount() > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"transaction1", "transaction2", "txn1", "sample_vote"})
  void refusesEveryTruncationByName(String name) {
    byte[] bytes = Fixtures.solanaBytes("firedancer/" + name + ".bin");
    for (int length = 0; length < bytes.length; length++) {
      assertEquals(TransactionRefusal.TRUNCATED, parse(Arrays.copyOf(bytes, length)));
    }
    assertEquals(TransactionRefusal.TRAILING_BYTES, parse(Arrays.copyOf(bytes, bytes.length + 1)));
  }

  @Test
  void readsWhereItLiesAmongOtherBytes() {
    byte[] bytes = Fixtures.solanaBytes("firedancer/transaction2.bin");
    byte[] surrounded = new byte[bytes.length + 20];
    Arrays.fill(surrounded, (byte) 0xff);
    System.arraycopy(bytes, 0, surrounded, 7, bytes.length);
    TransactionView view = new TransactionView();
    assertEquals(TransactionRefusal.NONE, view.parse(surrounded, 7, surrounded.length));
    assertEquals(bytes.length, view.length());
    InstructionCursor cursor = new InstructionCursor().wrap(view);
    int instructions = 0;
    while (cursor.next()) {
      assertTrue(cursor.dataOffset() + cursor.dataLength() <= 7 + bytes.length);
      instructions++;
    }
    assertEquals(view.instructionCount(), instructions);
  }

  @Test
  void namesWhatIsWrong() {
    byte[] bytes = Fixtures.solanaBytes("firedancer/transaction2.bin");
    bytes[65] = (byte) 0x82;
    assertEquals(TransactionRefusal.UNKNOWN_VERSION, parse(bytes));
    assertEquals(TransactionRefusal.LENGTH_NOT_CANONICAL, parse(new byte[] {(byte) 0x82, 0}));
    assertEquals(
        TransactionRefusal.LENGTH_TOO_LARGE,
        parse(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0x04, 0}));
    byte[] minimal = Fixtures.solanaBytes("vexor/legacy_single_signer_zero_ix.bin");
    assertEquals(TransactionRefusal.NONE, parse(minimal));
    TransactionView view = new TransactionView();
    minimal[65] = 2; // required signatures
    assertEquals(TransactionRefusal.NONE, view.parse(minimal, 0, minimal.length));
    assertEquals(TransactionRefusal.SIGNATURE_COUNT, view.sanitize());
    minimal[65] = 1;
    minimal[66] = 1; // of them read-only
    assertEquals(TransactionRefusal.NO_WRITABLE_SIGNER, view.sanitize());
    minimal[66] = 0;
    minimal[67] = 1; // read-only beside them
    assertEquals(TransactionRefusal.TOO_FEW_ACCOUNTS, view.sanitize());
  }

  @MethodSource("org.vexor.solana.transaction.Transactions#seeds")
  @FuzzTest
  void neverThrowsWhateverTheBytes(byte[] data) {
    TransactionView view = new TransactionView();
    if (view.parse(data, 0, data.length) != TransactionRefusal.NONE) {
      return;
    }
    assertTrue(view.length() <= data.length);
    assertNotEquals(TransactionRefusal.TRUNCATED, view.sanitize());
    InstructionCursor instruction = new InstructionCursor().wrap(view);
    while (instruction.next()) {
      assertTrue(instruction.dataOffset() + instruction.dataLength() <= view.length());
    }
    LookupCursor lookup = new LookupCursor().wrap(view);
    while (lookup.next()) {
      assertTrue(lookup.readonlyOffset() + lookup.readonlyCount() <= view.length());
    }
    assertFalse(view.isSimpleVote() && view.version() != TransactionView.LEGACY);
  }
}
