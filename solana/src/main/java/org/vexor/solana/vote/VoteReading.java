package org.vexor.solana.vote;

import org.vexor.solana.Pubkey;

/// What a transaction says when it is read as a vote.
public sealed interface VoteReading {
  /// A vote of `voteAccount`, signed by its voter.
  record Vote(Pubkey voteAccount, Pubkey authorizedVoter, VoteInstruction.Vote vote)
      implements VoteReading {}

  /// A transaction of another kind.
  record NotAVote() implements VoteReading {}

  /// A simple vote by its shape whose content cannot be read.
  record Refused(VoteRefusal why) implements VoteReading {}
}
