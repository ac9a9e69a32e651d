package org.vexor.turbine.verify;

/// What came of checking a shred's origin.
public enum VerifyOutcome {
  /// It hashes to a root that the leader signed.
  VERIFIED,
  /// It carries the verified signature of its set but hashes to another root: damaged or forged.
  /// That a signature is good for one root proves that it is for no other, so none is checked.
  OTHER_ROOT,
  /// Its signature over its root is not the leader's.
  BAD_SIGNATURE,
  /// Who leads the slot is not known.
  UNKNOWN_LEADER,
  /// A legacy shred, which has no root.
  NO_ROOT
}
