package org.vexor.tpu.vote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.solana.vote.VoteInstruction;
import org.vexor.solana.vote.VoteReading;
import org.vexor.solana.vote.VoteTransactions;
import org.vexor.tpu.leader.LeaderContact;
import org.vexor.tpu.leader.LeaderPlan;
import org.vexor.tpu.leader.PlannedLeader;
import org.vexor.tpu.send.TpuTarget;

final class VoteSenderTest {
  private static final Hash BLOCKHASH = Hash.of(new byte[Hash.LENGTH]);
  private static final Pubkey VOTE_ACCOUNT = Keypair.generate().publicKey();

  private final Keypair identity = Keypair.generate();
  private final Keypair voter = Keypair.generate();
  private final List<byte[]> datagrams = new ArrayList<>();
  private final List<byte[]> streams = new ArrayList<>();
  private final List<byte[]> gossiped = new ArrayList<>();
  private List<PlannedLeader> targets = List.of();

  @TempDir private Path folder;
  private VoteGuard guard;
  private VoteSender sender;

  @BeforeEach
  void open() throws IOException {
    guard = VoteGuard.open(folder, VOTE_ACCOUNT);
    sender = sender(udpAndGossip());
    targets = List.of(leader(8, 9_001), leader(12, 9_002));
  }

  @AfterEach
  void close() throws IOException {
    guard.close();
  }

  private VoteWays udpAndGossip() {
    return VoteWays.udp((transaction, to) -> datagrams.add(transaction))
        .withGossip((transaction, slot) -> gossiped.add(transaction));
  }

  private VoteSender sender(VoteWays ways) {
    return new VoteSender(
        new VoteSender.Voter(
            TransactionSigner.of(identity), TransactionSigner.of(voter), VOTE_ACCOUNT),
        guard,
        nowNs -> new LeaderPlan(Optional.empty(), targets, List.of(), List.of()),
        ways);
  }

  private static PlannedLeader leader(long slot, int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new PlannedLeader(
        slot,
        new LeaderContact(
            Keypair.generate().publicKey(),
            Optional.empty(),
            Optional.of(new InetSocketAddress(loopback, port)),
            Optional.of(new InetSocketAddress(loopback, port + 100))));
  }

  private static VoteInstruction.Vote vote(long root, long... slots) {
    return new VoteInstruction.Vote(VoteGuardTest.tower(root, slots), Optional.empty());
  }

  @Test
  void sendsTheSameSignedVoteToEachLeaderAndIntoGossip() throws IOException {
    VoteInstruction.Vote vote = vote(3, 6, 7);
    var sent = assertInstanceOf(VoteOutcome.Sent.class, sender.send(vote, BLOCKHASH, 0));
    assertEquals(7, sent.slot());
    assertEquals(2, datagrams.size());
    assertEquals(2, sent.deliveries().size());
    assertTrue(sent.gossiped());
    assertArrayEquals(datagrams.getFirst(), gossiped.getFirst());
    TransactionView view = new TransactionView();
    byte[] bytes = datagrams.getFirst();
    assertEquals(TransactionRefusal.NONE, view.parseExact(bytes, 0, bytes.length));
    Ed25519Verifier verifier = new Ed25519Verifier();
    assertTrue(
        view.verify(
            (all, key, signature, message, length) ->
                verifier.verify(all, message, length, all, signature, all, key)));
    assertTrue(view.isSimpleVote());
    var read = assertInstanceOf(VoteReading.Vote.class, VoteTransactions.read(view));
    assertEquals(vote, read.vote());
    assertEquals(VOTE_ACCOUNT, read.voteAccount());
    assertEquals(voter.publicKey(), read.authorizedVoter());
  }

  @Test
  void sendsByQuicBesidesWhereWired() throws IOException {
    List<TpuTarget> ports = new ArrayList<>();
    sender =
        sender(
            udpAndGossip()
                .withStreams(
                    (signature, transaction, to) -> {
                      ports.addAll(to);
                      return streams.add(transaction);
                    }));
    var sent = assertInstanceOf(VoteOutcome.Sent.class, sender.send(vote(-1, 7), BLOCKHASH, 0));
    assertEquals(4, sent.deliveries().size());
    assertEquals(2, datagrams.size());
    assertEquals(1, streams.size());
    assertEquals(
        List.of(9_101, 9_102), ports.stream().map(port -> port.address().getPort()).toList());
  }

  @Test
  void byGossipAloneItNeedsNoLeader() throws IOException {
    targets = List.of();
    sender =
        sender(
            new VoteWays(
                Optional.empty(),
                Optional.empty(),
                Optional.of((transaction, slot) -> gossiped.add(transaction))));
    var sent = assertInstanceOf(VoteOutcome.Sent.class, sender.send(vote(-1, 7), BLOCKHASH, 0));
    assertTrue(sent.gossiped());
    assertEquals(List.of(), sent.deliveries());
    assertEquals(1, gossiped.size());
  }

  @Test
  void withoutAWayItIsNotMade() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new VoteWays(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void nothingLeavesWhenTheGuardRefuses() throws IOException {
    sender.send(vote(-1, 7), BLOCKHASH, 0);
    datagrams.clear();
    gossiped.clear();
    var refused =
        assertInstanceOf(VoteOutcome.Refused.class, sender.send(vote(-1, 7), BLOCKHASH, 0));
    assertEquals(GuardVerdict.SAME_SLOT, refused.why());
    assertEquals(7, refused.last().orElseThrow().slot());
    assertInstanceOf(VoteOutcome.Refused.class, sender.send(vote(-1, 6), BLOCKHASH, 0));
    assertEquals(List.of(), datagrams);
    assertEquals(List.of(), gossiped);
  }

  @Test
  void withoutALeaderNothingIsRecordedSoThatItCanBeTriedAgain() throws IOException {
    List<PlannedLeader> known = targets;
    targets = List.of();
    sender = sender(VoteWays.udp((transaction, to) -> datagrams.add(transaction)));
    assertInstanceOf(VoteOutcome.NobodyKnown.class, sender.send(vote(-1, 7), BLOCKHASH, 0));
    assertEquals(Optional.empty(), guard.last());
    targets = known;
    assertInstanceOf(VoteOutcome.Sent.class, sender.send(vote(-1, 7), BLOCKHASH, 0));
  }
}
