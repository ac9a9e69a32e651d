package org.vexor.turbine.shred;

/// Why a datagram is not kept as a shred. [#NONE] is the answer for one that is. Each constant says
/// who gives it: *structure* is [ShredView#parse], *live* is [ShredFilter#check].
public enum ShredRefusal {
  /// Not refused.
  NONE,
  /// structure: shorter than the shred its variant byte announces, or too short to have one.
  TOO_SHORT,
  /// structure: the variant byte never was one.
  UNKNOWN_VARIANT,
  /// structure: the slot does not fit 63 bits, which no slot will ever need.
  SLOT_OUT_OF_RANGE,
  /// structure: the place in the set, by index or position, is not a leaf of a tree with so short a
  /// proof.
  LEAF_OUT_OF_TREE,
  /// structure: the index lies before the set it claims to belong to.
  INDEX_BEFORE_SET,
  /// structure: `size` ends before the headers or behind the body.
  SIZE_OUT_OF_RANGE,
  /// structure: the parent would be before slot 0. live: a slot that is its own parent, or slot 0
  /// that is not.
  PARENT_OFFSET,
  /// structure: LAST_IN_SLOT without DATA_COMPLETE.
  FLAGS,
  /// structure: a coding shred of a set without data or code, or of more than 256 shreds. live: not
  /// 32:32.
  GEOMETRY,
  /// structure: position not below the number of coding shreds, or above the index. live: position
  /// is not index minus set.
  POSITION,
  /// live: of another cluster, or of this one before its last restart.
  WRONG_VERSION,
  /// live: a legacy variant.
  LEGACY,
  /// live: a Merkle variant without chained root.
  UNCHAINED,
  /// live: the proof has not the six entries of a tree of 64.
  PROOF_LENGTH,
  /// live: index not below the bound of shreds in a slot.
  INDEX_OUT_OF_BOUNDS,
  /// live: the set does not start at a multiple of 32, or the index lies outside its 32.
  FEC_SET_INDEX,
  /// live: at or before the root (slot 0 alone is kept while it is the root).
  SLOT_TOO_OLD,
  /// live: farther ahead of the root than any honest leader can be.
  SLOT_TOO_FAR_AHEAD,
  /// live: the parent lies before the root.
  PARENT_TOO_OLD,
  /// live: DATA_COMPLETE on a shred that is not the last of its set.
  DATA_COMPLETE_INSIDE_SET
}
