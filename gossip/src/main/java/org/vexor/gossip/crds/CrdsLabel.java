package org.vexor.gossip.crds;

import org.vexor.solana.Pubkey;

/// What a value replaces and is replaced by: of each label there is one value in a table.
/// Comparable, so that owners ground to share a hash cost a tree's depth and not a list's length.
///
/// @param kind of the value
/// @param owner who signed it
/// @param index which of several, for kinds of which an owner may have more than one
public record CrdsLabel(CrdsKind kind, Pubkey owner, int index) implements Comparable<CrdsLabel> {
  /// As a record has it; written out since the generated one costs several times as much.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof CrdsLabel that
            && kind == that.kind
            && index == that.index
            && owner.equals(that.owner));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * owner.hashCode() + kind.ordinal()) + index;
  }

  @Override
  public int compareTo(CrdsLabel other) {
    int byOwner = owner.compareTo(other.owner);
    int byKind = byOwner != 0 ? byOwner : kind.compareTo(other.kind);
    return byKind != 0 ? byKind : Integer.compare(index, other.index);
  }
}
