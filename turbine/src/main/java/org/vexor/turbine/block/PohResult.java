package org.vexor.turbine.block;

/// What is known of a block's chain of hashes.
public enum PohResult {
  /// Every entry follows from the one before, the first from the last of the parent block.
  VALID,
  /// Some entry does not follow from the one before.
  INVALID,
  /// Nothing contradicts, but the parent's last hash is not known, data is missing or unreadable,
  /// or the check was not asked for.
  UNKNOWN
}
