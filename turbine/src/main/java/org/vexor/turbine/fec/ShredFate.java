package org.vexor.turbine.fec;

/// What became of a sound shred that was offered: kept, a copy of one already kept, or dropped for
/// a reason. Each shred offered has exactly one fate, so the counts by fate add up to the shreds
/// offered.
public enum ShredFate {
  /// New, and of a block still wanted.
  KEPT,
  /// The same piece of the same set came before.
  DUPLICATE,
  /// A legacy shred, which has no Merkle root to belong to a set by.
  LEGACY,
  /// Its Merkle root is not that of the set: the leader signed two sets for one place.
  ROOT_CONFLICT,
  /// Same root, another signature over it.
  SIGNATURE_CONFLICT,
  /// It names another root as that of the set before.
  CHAINED_ROOT_CONFLICT,
  /// Another shred version than the rest of the set or slot.
  VERSION_CONFLICT,
  /// Another parent slot than the rest of the set or slot.
  PARENT_CONFLICT,
  /// Other numbers of data or code shreds, or another first code index, than the rest of the set.
  GEOMETRY_CONFLICT,
  /// Another proof length, chaining or resigning than the rest of the set.
  LAYOUT_CONFLICT,
  /// Its place is outside the set, or inside another one.
  OUTSIDE_SET,
  /// A set of more than 67 data or 67 code shreds, which no leader makes.
  SET_TOO_LARGE,
  /// The set was given up: see [FecSet.State#DISCARDED].
  SET_DISCARDED,
  /// A second, different end of the slot, or data behind the end.
  LAST_INDEX_CONFLICT,
  /// The slot is finished already.
  SLOT_FINISHED,
  /// The slot was given up before.
  SLOT_ABANDONED,
  /// The slot is older than all for which there is room.
  SLOT_TOO_OLD,
  /// The slot would grow beyond its share of memory.
  SLOT_TOO_LARGE;

  /// Whether the shred was dropped for a reason.
  public boolean isDropped() {
    return this != KEPT && this != DUPLICATE;
  }
}
