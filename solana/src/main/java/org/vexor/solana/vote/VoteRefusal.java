package org.vexor.solana.vote;

/// Why the data of an instruction to the vote program is not a vote Vexor reads.
public enum VoteRefusal {
  /// A kind of instruction other than TowerSync and TowerSyncSwitch.
  OTHER_INSTRUCTION,
  /// The data ends early, goes on behind the vote, or holds an encoding that is not allowed.
  MALFORMED,
  /// More lockouts than a tower keeps.
  TOO_MANY_LOCKOUTS,
  /// The distances between slots add up to more than 64 bits.
  SLOT_OVERFLOW,
  /// The instruction names no vote account or no voter, or one that does not exist.
  ACCOUNTS
}
