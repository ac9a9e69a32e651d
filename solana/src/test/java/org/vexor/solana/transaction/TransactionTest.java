package org.vexor.solana.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.testkit.Fixtures;

final class TransactionTest {
  private static final Hash BLOCKHASH = Hash.of(filled(9));

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static TransactionView view(byte[] bytes) {
    TransactionView view = new TransactionView();
    assertEquals(TransactionRefusal.NONE, view.parseExact(bytes, 0, bytes.length));
    return view;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transaction1",
        "transaction2",
        "transaction4",
        "transaction6",
        "txn1",
        "txn2",
        "txn3",
        "sample_vote"
      })
  void capturedTransactionsVerifyAndSerializeToTheirBytes(String name) {
    byte[] bytes = Fixtures.solanaBytes("firedancer/" + name + ".bin");
    TransactionView view = view(bytes);
    assertEquals(TransactionRefusal.NONE, view.sanitize());
    assertTrue(view.verify(TestKey::verify));
    assertArrayEquals(bytes, Transaction.of(view).toByteArray());
    bytes[bytes.length - 1] ^= 1;
    assertFalse(view.verify(TestKey::verify));
  }

  @Test
  void theVoteWithAForgedSignatureDoesNotVerify() {
    byte[] bytes = Fixtures.solanaBytes("firedancer/vote_tower_sync.bin");
    assertFalse(view(bytes).verify(TestKey::verify));
    assertArrayEquals(bytes, Transaction.of(view(bytes)).toByteArray());
  }

  @Property(tries = 300)
  void readsBackWhatItSerialized(
      @ForAll long seed, @ForAll @IntRange(min = -1, max = 1) int version) {
    Transaction transaction = Transactions.random(seed, version);
    byte[] bytes = transaction.toByteArray();
    assertEquals(bytes.length, transaction.lengthBytes());
    assertEquals(transaction, Transaction.of(view(bytes)));
  }

  @Property(tries = 30)
  void refusesEveryTruncationByName(
      @ForAll long seed, @ForAll @IntRange(min = -1, max = 1) int version) {
    byte[] bytes = Transactions.random(seed, version).toByteArray();
    TransactionView view = new TransactionView();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertEquals(TransactionRefusal.TRUNCATED, view.parseExact(cut, 0, length));
    }
  }

  @Property(tries = 20)
  void signsWhatVerifies(@ForAll @IntRange(min = -1, max = 1) int version) {
    TestKey payer = TestKey.generate();
    TestKey other = TestKey.generate();
    MessageBuilder builder =
        new MessageBuilder(payer.pubkey())
            .add(SystemProgram.transfer(other.pubkey(), Pubkey.of(filled(7)), 5))
            .add(SystemProgram.transfer(payer.pubkey(), other.pubkey(), 6));
    Message message =
        switch (version) {
          case 0 -> builder.buildV0(BLOCKHASH);
          case 1 ->
              builder.buildV1(
                  BLOCKHASH,
                  TransactionConfig.of(
                      OptionalLong.of(1L << 40),
                      OptionalInt.empty(),
                      OptionalInt.of(3),
                      OptionalInt.empty()));
          default -> builder.buildLegacy(BLOCKHASH);
        };
    Transaction transaction = Transaction.sign(message, List.of(other, payer));
    assertEquals(TransactionRefusal.NONE, transaction.sanitize());
    TransactionView view = view(transaction.toByteArray());
    assertTrue(view.verify(TestKey::verify));
    assertEquals(2, view.signatureCount());
    assertEquals(version == 1 ? 1L << 40 : 0, message.config().priorityFeeLamports().orElse(0));
    assertEquals(OptionalInt.empty(), message.config().computeUnitLimit());
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Transaction.sign(message, List.of(payer)));
    assertTrue(refusal.toString().contains(other.pubkey().toString()), refusal.toString());
  }

  @Test
  void aReferenceMarksATransferAndIsOnlyRead() {
    Pubkey from = Pubkey.of(filled(1));
    Pubkey reference = Pubkey.of(filled(3));
    Message message =
        new MessageBuilder(from)
            .add(SystemProgram.transfer(from, Pubkey.of(filled(2)), 1, reference))
            .buildLegacy(BLOCKHASH);
    assertEquals(
        List.of(from, Pubkey.of(filled(2)), reference, WellKnownPrograms.SYSTEM),
        message.accounts());
    assertEquals(1, message.requiredSignatures());
    assertEquals(2, message.readonlyUnsigned());
  }

  @Test
  void laysOutATransferAsTheSdkDoes() {
    Pubkey from = Pubkey.of(filled(1));
    Pubkey to = Pubkey.of(filled(2));
    Message message =
        new MessageBuilder(from).add(SystemProgram.transfer(from, to, 1)).buildLegacy(BLOCKHASH);
    String expected =
        "010001"
            + "03"
            + "01".repeat(32)
            + "02".repeat(32)
            + "00".repeat(32)
            + "09".repeat(32)
            + "01"
            + "02"
            + "020001"
            + "0c"
            + "02000000"
            + "0100000000000000";
    assertEquals(expected, HexFormat.of().formatHex(message.toByteArray()));
  }

  @Test
  void version1PutsSignaturesLast() {
    Pubkey from = Pubkey.of(filled(1));
    Pubkey to = Pubkey.of(filled(2));
    TransactionConfig config =
        TransactionConfig.of(
            OptionalLong.of(3), OptionalInt.of(4), OptionalInt.empty(), OptionalInt.empty());
    Message message =
        new MessageBuilder(from)
            .add(SystemProgram.transfer(from, to, 1))
            .buildV1(BLOCKHASH, config);
    String expected =
        "81"
            + "010001"
            + "07000000"
            + "09".repeat(32)
            + "01"
            + "03"
            + "01".repeat(32)
            + "02".repeat(32)
            + "00".repeat(32)
            + "03000000"
            + "00000000"
            + "04000000"
            + "02020c00"
            + "0001"
            + "02000000"
            + "0100000000000000";
    assertEquals(expected, HexFormat.of().formatHex(message.toByteArray()));
  }

  @Test
  void movesAccountsToLookupTables() {
    Pubkey from = Pubkey.of(filled(1));
    Pubkey to = Pubkey.of(filled(2));
    AddressTable table = new AddressTable(Pubkey.of(filled(3)), List.of(from, Pubkey.ZERO, to));
    Message message =
        new MessageBuilder(from)
            .add(SystemProgram.transfer(from, to, 1))
            .lookUpIn(table)
            .buildV0(BLOCKHASH);
    assertEquals(List.of(from, Pubkey.ZERO), message.accounts());
    assertEquals(
        List.of(new AddressLookup(table.key(), Octets.of((byte) 2), Octets.EMPTY)),
        message.lookups());
    assertEquals(Octets.of((byte) 0, (byte) 2), message.instructions().get(0).accountIndexes());
  }

  @Test
  void namesWhatNoClusterExecutes() {
    Pubkey from = Pubkey.of(filled(1));
    Message good =
        new MessageBuilder(from)
            .add(SystemProgram.transfer(from, Pubkey.of(filled(2)), 1))
            .buildLegacy(BLOCKHASH);
    assertEquals(TransactionRefusal.NONE, sanitize(good, good.accounts(), call(2, 1)));
    assertEquals(TransactionRefusal.PROGRAM_INDEX, sanitize(good, good.accounts(), call(0, 1)));
    assertEquals(TransactionRefusal.PROGRAM_INDEX, sanitize(good, good.accounts(), call(3, 1)));
    assertEquals(TransactionRefusal.ACCOUNT_INDEX, sanitize(good, good.accounts(), call(2, 3)));
    assertEquals(
        TransactionRefusal.DUPLICATE_ACCOUNT,
        sanitize(good, List.of(from, Pubkey.ZERO, from), call(2, 1)));
    assertEquals(
        TransactionRefusal.TOO_LONG,
        sanitize(
            good,
            good.accounts(),
            new CompiledInstruction(2, Octets.EMPTY, Octets.of(new byte[1200]))));
  }

  private static CompiledInstruction call(int program, int account) {
    return new CompiledInstruction(program, Octets.of((byte) account), Octets.EMPTY);
  }

  private static TransactionRefusal sanitize(
      Message like, List<Pubkey> accounts, CompiledInstruction instruction) {
    Message message =
        new Message(
            TransactionView.LEGACY,
            like.requiredSignatures(),
            like.readonlySigned(),
            like.readonlyUnsigned(),
            accounts,
            like.recentBlockhash(),
            List.of(instruction),
            List.of(),
            TransactionConfig.NONE);
    return new Transaction(List.of(Signature.of(new byte[64])), message).sanitize();
  }
}
