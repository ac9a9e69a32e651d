package org.vexor.turbine.verify;

import static org.vexor.turbine.shred.ShredLayout.ROOT_BYTES;
import static org.vexor.turbine.shred.ShredLayout.SET_PROOF_ENTRIES;
import static org.vexor.turbine.shred.ShredLayout.SIGNATURE_BYTES;

import java.util.Arrays;
import org.vexor.turbine.merkle.KnownNodes;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.shred.ShredView;

/// One set whose root carries the leader's signature, or is about to be checked for it.
final class VerifiedSet {
  final KnownNodes nodes;

  /// Whether `nodes` are this set's: only sets with live geometry have any.
  boolean hasNodes;

  private final byte[] oddRoot = new byte[ROOT_BYTES];
  private final byte[] signature = new byte[SIGNATURE_BYTES];
  private long slot = -1;
  private int fecSetIndex;

  VerifiedSet(MerkleHasher hasher) {
    nodes = new KnownNodes(hasher);
  }

  /// Becomes the set of this shred, with the root that the shred makes.
  void begin(ShredView shred, MerkleHasher hasher) {
    slot = shred.slot();
    fecSetIndex = shred.fecSetIndex();
    System.arraycopy(shred.bytes(), shred.base(), signature, 0, SIGNATURE_BYTES);
    hasNodes = shred.proofEntries() == SET_PROOF_ENTRIES;
    if (hasNodes) {
      nodes.begin(shred);
    } else {
      hasher.root(shred, oddRoot, 0);
    }
  }

  byte[] root() {
    return hasNodes ? nodes.root() : oddRoot;
  }

  /// Whether the shred says to be of this set and carries its signature.
  boolean isOf(ShredView shred) {
    int at = shred.base();
    return slot == shred.slot()
        && fecSetIndex == shred.fecSetIndex()
        && Arrays.equals(signature, 0, SIGNATURE_BYTES, shred.bytes(), at, at + SIGNATURE_BYTES);
  }
}
