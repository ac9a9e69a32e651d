package org.vexor.tpu.vote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.transaction.Message;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.solana.vote.VoteInstruction;
import org.vexor.solana.vote.VoteTransactions;
import org.vexor.tpu.leader.LeaderPlan;
import org.vexor.tpu.leader.PlannedLeader;
import org.vexor.tpu.send.TpuTarget;
import org.vexor.tpu.vote.VoteDelivery.Way;

/// Signs votes and sends them to the next leaders and into gossip, by each way that the caller
/// wires. One thread.
public final class VoteSender {
  private final Voter voter;
  private final VoteGate guard;
  private final LongFunction<LeaderPlan> leaders;
  private final VoteWays ways;

  /// Who votes.
  ///
  /// @param payer pays the fee: a validator's identity
  /// @param authorizedVoter signs for the vote account; may be the payer
  public record Voter(
      TransactionSigner payer, TransactionSigner authorizedVoter, Pubkey voteAccount) {}

  /// @param guard of the voter's vote account; stays the caller's
  /// @param leaders the plan at a moment, in the time of the caller of [#send]
  /// @param ways out; a leader gets the vote by each that reaches it
  public VoteSender(Voter voter, VoteGate guard, LongFunction<LeaderPlan> leaders, VoteWays ways) {
    this.voter = voter;
    this.guard = guard;
    this.leaders = leaders;
    this.ways = ways;
  }

  /// Signs the vote; sends it when the guard has it on disk.
  ///
  /// @param vote what to say, as the caller found it
  /// @throws IOException when the guard's disk fails; nothing was sent
  public VoteOutcome send(VoteInstruction.Vote vote, Hash recentBlockhash, long nowNs)
      throws IOException {
    LeaderPlan plan = leaders.apply(nowNs);
    if (ways.gossip().isEmpty() && plan.targets().stream().noneMatch(ways::reach)) {
      return new VoteOutcome.NobodyKnown(plan.troubles());
    }
    Transaction transaction = sign(vote, recentBlockhash);
    byte[] bytes = transaction.toByteArray();
    GuardVerdict verdict = guard.admit(vote.tower());
    if (verdict != GuardVerdict.ADMITTED) {
      return new VoteOutcome.Refused(verdict, guard.last());
    }
    Signature signature = transaction.signatures().getFirst();
    List<VoteDelivery> deliveries = new ArrayList<>();
    ways.datagrams()
        .ifPresent(udp -> plan.targets().forEach(to -> deliver(udp, bytes, to, deliveries)));
    ways.streams().ifPresent(quic -> deliver(quic, signature, bytes, plan.targets(), deliveries));
    long slot = vote.tower().lockouts().getLast().slot();
    boolean told = ways.gossip().filter(gossip -> gossip.publish(bytes, slot)).isPresent();
    return new VoteOutcome.Sent(signature, slot, deliveries, told);
  }

  private Transaction sign(VoteInstruction.Vote vote, Hash recentBlockhash) {
    Message message =
        VoteTransactions.message(
            voter.payer().pubkey(),
            voter.voteAccount(),
            voter.authorizedVoter().pubkey(),
            vote,
            recentBlockhash);
    return Transaction.sign(message, List.of(voter.payer(), voter.authorizedVoter()));
  }

  private static void deliver(
      VoteDatagrams udp, byte[] bytes, PlannedLeader leader, List<VoteDelivery> deliveries) {
    leader
        .contact()
        .vote()
        .ifPresent(
            to ->
                deliveries.add(
                    new VoteDelivery(
                        leader.contact().identity(),
                        leader.slot(),
                        Way.UDP,
                        to,
                        udp.send(bytes, to))));
  }

  private static void deliver(
      VoteStreams streams,
      Signature signature,
      byte[] bytes,
      List<PlannedLeader> leaders,
      List<VoteDelivery> deliveries) {
    List<PlannedLeader> reachable =
        leaders.stream().filter(leader -> leader.contact().voteQuic().isPresent()).toList();
    if (reachable.isEmpty()) {
      return;
    }
    List<TpuTarget> targets =
        reachable.stream()
            .map(
                leader ->
                    new TpuTarget(
                        leader.contact().identity(), leader.contact().voteQuic().orElseThrow()))
            .toList();
    boolean taken = streams.send(signature, bytes, targets);
    for (int i = 0; i < targets.size(); i++) {
      TpuTarget to = targets.get(i);
      deliveries.add(
          new VoteDelivery(to.identity(), reachable.get(i).slot(), Way.QUIC, to.address(), taken));
    }
  }
}
