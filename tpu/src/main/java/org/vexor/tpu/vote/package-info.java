/// Votes to the leaders, at most one for a slot.
///
/// ```
/// TowerSync (the caller's) -> VoteSender -> signed transaction
///                                |-> VoteGate: refused, or recorded before anything leaves
///                                |      (VoteGuard: on disk)
///                                `-> VoteWays, each where wanted:
///                                      |-> UDP to tpu_vote of the next leaders
///                                      |-> QUIC to tpu_vote_quic of the same
///                                      `-> gossip: the same bytes as a CRDS vote
/// ```
///
/// Invariants: what a vote says comes from the caller, nothing is made up here; no vote leaves
/// before its slot is on disk; a slot that was recorded is never voted for again, whatever killed
/// the process in between. Entry types: [VoteSender], [VoteGuard]. Whether a vote is wise, nobody
/// here can tell.
@NullMarked
package org.vexor.tpu.vote;

import org.jspecify.annotations.NullMarked;
