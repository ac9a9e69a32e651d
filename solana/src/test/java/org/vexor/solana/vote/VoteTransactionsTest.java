package org.vexor.solana.vote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.transaction.InstructionCursor;
import org.vexor.solana.transaction.TestKey;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.testkit.Fixtures;

final class VoteTransactionsTest {
  private static VoteInstruction.Vote random(long seed) {
    Random random = new Random(seed);
    OptionalLong root =
        random.nextBoolean() ? OptionalLong.of(random.nextLong(1L << 50)) : OptionalLong.empty();
    List<Lockout> lockouts = new ArrayList<>();
    long slot = root.orElse(0);
    for (int i = random.nextInt(TowerSync.MAXIMUM_LOCKOUTS + 1); i > 0; i--) {
      slot += random.nextLong(1L << random.nextInt(1, 40));
      lockouts.add(new Lockout(slot, i));
    }
    OptionalLong timestamp =
        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty();
    TowerSync tower = new TowerSync(root, lockouts, hash(random), timestamp, hash(random));
    return new VoteInstruction.Vote(
        tower, random.nextBoolean() ? Optional.of(hash(random)) : Optional.empty());
  }

  private static Hash hash(Random random) {
    byte[] bytes = new byte[Hash.LENGTH];
    random.nextBytes(bytes);
    return Hash.of(bytes);
  }

  private static TransactionView view(byte[] bytes) {
    TransactionView view = new TransactionView();
    assertEquals(TransactionRefusal.NONE, view.parseExact(bytes, 0, bytes.length));
    return view;
  }

  @Property(tries = 200)
  void readsBackWhatItSerialized(@ForAll long seed) {
    VoteInstruction.Vote vote = random(seed);
    assertEquals(vote, VoteInstruction.read(new WireReader(VoteInstruction.serialize(vote))));
  }

  @Property(tries = 30)
  void refusesEveryTruncation(@ForAll long seed) {
    byte[] bytes = VoteInstruction.serialize(random(seed));
    for (int length = 0; length < bytes.length; length++) {
      assertInstanceOf(
          VoteInstruction.Refused.class,
          VoteInstruction.read(new WireReader(Arrays.copyOf(bytes, length))));
    }
  }

  @Test
  void readsACapturedTowerSync() {
    byte[] bytes = Fixtures.solanaBytes("firedancer/vote_tower_sync.bin");
    TransactionView view = view(bytes);
    VoteReading.Vote vote = assertInstanceOf(VoteReading.Vote.class, VoteTransactions.read(view));
    TowerSync tower = vote.vote().tower();
    assertEquals(31, tower.lockouts().size());
    for (int i = 0; i < 31; i++) {
      assertEquals(31 - i, tower.lockouts().get(i).confirmationCount());
    }
    InstructionCursor instruction = new InstructionCursor().wrap(view);
    assertTrue(instruction.next());
    assertArrayEquals(
        Arrays.copyOfRange(
            bytes, instruction.dataOffset(), instruction.dataOffset() + instruction.dataLength()),
        VoteInstruction.serialize(vote.vote()));
    assertEquals(
        Transaction.of(view).message(),
        VoteTransactions.message(
            Pubkey.of(bytes, view.accountOffset(0)),
            vote.voteAccount(),
            vote.authorizedVoter(),
            vote.vote(),
            Hash.of(bytes, view.blockhashOffset())));
  }

  @Test
  void anOlderKindOfVoteIsRefusedByName() {
    TransactionView view = view(Fixtures.solanaBytes("firedancer/sample_vote.bin"));
    assertEquals(
        new VoteReading.Refused(VoteRefusal.OTHER_INSTRUCTION), VoteTransactions.read(view));
    assertEquals(
        new VoteReading.NotAVote(),
        VoteTransactions.read(view(Fixtures.solanaBytes("firedancer/txn1.bin"))));
  }

  @Test
  void aVoteMadeHereIsRecognized() {
    TestKey identity = TestKey.generate();
    Pubkey voteAccount = Pubkey.of(hash(new Random(5)).bytes());
    VoteInstruction.Vote vote = random(3);
    Transaction transaction =
        Transaction.sign(
            VoteTransactions.message(
                identity.pubkey(), voteAccount, identity.pubkey(), vote, Hash.ZERO),
            List.of(identity));
    TransactionView view = view(transaction.toByteArray());
    assertEquals(1, view.signatureCount());
    assertTrue(view.verify(TestKey::verify));
    assertEquals(
        new VoteReading.Vote(voteAccount, identity.pubkey(), vote), VoteTransactions.read(view));
  }

  @Test
  void namesAnOverflowAndTooManyLockouts() {
    byte[] overflow =
        new WireWriter(new byte[25]).u32(14).u64(5).shortVec(1).varintU64(-3).u8(1).toByteArray();
    assertEquals(
        new VoteInstruction.Refused(VoteRefusal.SLOT_OVERFLOW),
        VoteInstruction.read(new WireReader(overflow)));
    byte[] many =
        Arrays.copyOf(new WireWriter(new byte[13]).u32(14).u64(5).shortVec(32).toByteArray(), 400);
    assertEquals(
        new VoteInstruction.Refused(VoteRefusal.TOO_MANY_LOCKOUTS),
        VoteInstruction.read(new WireReader(many)));
    List<Lockout> falling = List.of(new Lockout(9, 2), new Lockout(8, 1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TowerSync(
                OptionalLong.empty(), falling, Hash.ZERO, OptionalLong.empty(), Hash.ZERO));
  }

  static Stream<byte[]> seeds() {
    return Stream.of(1L, 2L, 3L, 4L).map(seed -> VoteInstruction.serialize(random(seed)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void neverThrowsAndKeepsTheBytesOfWhatItReads(byte[] data) {
    switch (VoteInstruction.read(new WireReader(data))) {
      case VoteInstruction.Vote vote -> assertArrayEquals(data, VoteInstruction.serialize(vote));
      case VoteInstruction.Refused(VoteRefusal why) -> assertNotEquals(VoteRefusal.ACCOUNTS, why);
    }
  }
}
