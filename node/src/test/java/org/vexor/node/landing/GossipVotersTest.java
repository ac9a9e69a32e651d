package org.vexor.node.landing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.transaction.Octets;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.solana.vote.Lockout;
import org.vexor.solana.vote.TowerSync;
import org.vexor.solana.vote.VoteInstruction;
import org.vexor.solana.vote.VoteTransactions;

final class GossipVotersTest {
  private final GossipVoters voters = new GossipVoters();
  private final Pubkey first = Keypair.generate().publicKey();
  private final Pubkey second = Keypair.generate().publicKey();

  private static CrdsData.Vote vote(Pubkey owner, long slot) {
    Keypair voter = Keypair.generate();
    var tower =
        new TowerSync(
            OptionalLong.empty(),
            List.of(new Lockout(slot, 1)),
            Hash.ZERO,
            OptionalLong.empty(),
            Hash.ZERO);
    Transaction transaction =
        Transaction.sign(
            VoteTransactions.message(
                voter.publicKey(),
                Keypair.generate().publicKey(),
                voter.publicKey(),
                new VoteInstruction.Vote(tower, Optional.empty()),
                Hash.ZERO),
            List.of(TransactionSigner.of(voter)));
    return new CrdsData.Vote(0, owner, Octets.of(transaction.toByteArray()), 1);
  }

  @Test
  void whoVotedLastComesFirst() {
    voters.heard(vote(first, 7));
    voters.heard(vote(second, 9));
    voters.heard(vote(first, 8));
    assertEquals(List.of(second, first), voters.all());
    assertEquals(9, voters.newestSlot());
    voters.heard(vote(first, 12));
    voters.heard(vote(first, 3));
    assertEquals(List.of(first, second), voters.all());
    assertEquals(12, voters.newestSlot());
  }

  @Property(tries = 200)
  void whatIsNoVoteMakesNobodyAVoter(@ForAll byte[] bytes) {
    voters.heard(new CrdsData.Vote(0, first, Octets.of(bytes), 1));
    assertEquals(List.of(), voters.all());
    assertEquals(-1, voters.newestSlot());
  }
}
