package org.vexor.turbine.merkle;

import static org.vexor.turbine.shred.ShredLayout.PROOF_ENTRY_BYTES;
import static org.vexor.turbine.shred.ShredLayout.ROOT_BYTES;
import static org.vexor.turbine.shred.ShredLayout.SET_PROOF_ENTRIES;

import java.util.Arrays;
import org.vexor.turbine.shred.ShredView;

/// The nodes of one live set's tree that are known to lie under its verified root.
///
/// A shred that hashed to the root shows the nodes on its path and their siblings. The next shred
/// climbs only to the first of these, and the rest of its proof is compared with what is known.
/// That is as strict as climbing to the root: above a known node every sibling is known too, so
/// equal proof bytes would make the same root, and different ones another.
///
/// Nodes are kept in heap order: 1 is the root, the children of n are 2n and 2n+1. Reusable, one
/// owner.
public final class KnownNodes {
  private static final int LEAVES = 1 << SET_PROOF_ENTRIES;

  private final MerkleHasher hasher;
  private final byte[] nodes = new byte[2 * LEAVES * PROOF_ENTRY_BYTES];
  private final byte[] path = new byte[(SET_PROOF_ENTRIES + 1) * ROOT_BYTES];
  private final byte[] root = new byte[ROOT_BYTES];
  // Bit n of the two words: node n is known.
  private long knownLow;
  private long knownHigh;

  public KnownNodes(MerkleHasher hasher) {
    this.hasher = hasher;
  }

  /// Forgets everything, hashes the shred to its root, and takes that root and the shred's nodes
  /// for known. Whether the root is right is for the caller to find out, and to drop this object if
  /// not.
  public void begin(ShredView shred) {
    knownLow = 0;
    knownHigh = 0;
    climb(LEAVES + shred.leafIndex(), shred);
    System.arraycopy(path, SET_PROOF_ENTRIES * ROOT_BYTES, root, 0, ROOT_BYTES);
    learnPath(shred, SET_PROOF_ENTRIES);
  }

  /// The 32 bytes of the root; to be read only.
  public byte[] root() {
    return root;
  }

  /// Whether the shred hashes to the verified root; if so its nodes become known. Only for shreds
  /// with the proof length of live sets.
  public boolean accepts(ShredView shred) {
    int position = LEAVES + shred.leafIndex();
    int level = climb(position, shred);
    boolean same =
        level == SET_PROOF_ENTRIES
            ? Arrays.equals(path, level * ROOT_BYTES, path.length, root, 0, ROOT_BYTES)
            : sameNode(position >> level, path, level * ROOT_BYTES)
                && sameAbove(position, level, shred);
    if (same) {
      learnPath(shred, level);
    }
    return same;
  }

  /// Hashes from the leaf to the first known node or the root, and says at which level that is.
  private int climb(int position, ShredView shred) {
    int proofAt = shred.base() + shred.proofOffset();
    byte[] bytes = shred.bytes();
    hasher.leaf(shred, path, 0);
    int level = 0;
    while (level < SET_PROOF_ENTRIES && !isKnown(position >> level)) {
      int here = level * ROOT_BYTES;
      int sibling = proofAt + level * PROOF_ENTRY_BYTES;
      if (((position >> level) & 1) == 0) {
        hasher.node(path, here, bytes, sibling, path, here + ROOT_BYTES);
      } else {
        hasher.node(bytes, sibling, path, here, path, here + ROOT_BYTES);
      }
      level++;
    }
    return level;
  }

  private void learnPath(ShredView shred, int levels) {
    int position = LEAVES + shred.leafIndex();
    int proofAt = shred.base() + shred.proofOffset();
    for (int level = 0; level < levels; level++) {
      learn(position >> level, path, level * ROOT_BYTES);
      learn((position >> level) ^ 1, shred.bytes(), proofAt + level * PROOF_ENTRY_BYTES);
    }
  }

  private boolean sameAbove(int position, int from, ShredView shred) {
    int proofAt = shred.base() + shred.proofOffset();
    for (int level = from; level < SET_PROOF_ENTRIES; level++) {
      if (!sameNode((position >> level) ^ 1, shred.bytes(), proofAt + level * PROOF_ENTRY_BYTES)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameNode(int node, byte[] bytes, int at) {
    int known = node * PROOF_ENTRY_BYTES;
    return Arrays.equals(
        nodes, known, known + PROOF_ENTRY_BYTES, bytes, at, at + PROOF_ENTRY_BYTES);
  }

  private void learn(int node, byte[] bytes, int at) {
    System.arraycopy(bytes, at, nodes, node * PROOF_ENTRY_BYTES, PROOF_ENTRY_BYTES);
    if (node < Long.SIZE) {
      knownLow |= 1L << node;
    } else {
      knownHigh |= 1L << node;
    }
  }

  private boolean isKnown(int node) {
    return ((node < Long.SIZE ? knownLow : knownHigh) >>> node & 1) != 0;
  }
}
