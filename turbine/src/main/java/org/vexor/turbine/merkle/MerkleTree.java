package org.vexor.turbine.merkle;

import static org.vexor.turbine.shred.ShredLayout.PROOF_ENTRY_BYTES;
import static org.vexor.turbine.shred.ShredLayout.ROOT_BYTES;

/// A whole tree, for who makes shreds or rebuilds lost ones: put the leaves, build, read root and
/// proofs. Reusable, one owner; the memory is taken at construction.
public final class MerkleTree {
  private final MerkleHasher hasher;
  private final int maxLeaves;
  private final byte[] nodes;
  private int leaves;

  /// @param maxLeaves the most leaves any tree built here will have, at least 1
  public MerkleTree(MerkleHasher hasher, int maxLeaves) {
    this.hasher = hasher;
    this.maxLeaves = maxLeaves;
    this.nodes = new byte[nodeCount(maxLeaves) * ROOT_BYTES];
  }

  /// Nodes of a tree, all levels together (agave `get_merkle_tree_size`).
  public static int nodeCount(int leaves) {
    int count = 0;
    for (int level = leaves; level > 0; level = level == 1 ? 0 : (level + 1) / 2) {
      count += level;
    }
    return count;
  }

  /// Proof entries of each leaf (agave `get_proof_size`).
  public static int proofEntries(int leaves) {
    return leaves <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(leaves - 1);
  }

  /// The array and, for leaf `index`, the place where its 32-byte hash has to be put before
  /// [#build].
  public byte[] bytes() {
    return nodes;
  }

  public int leafAt(int index) {
    return index * ROOT_BYTES;
  }

  /// Hashes all levels above the first `leafCount` leaves.
  ///
  /// @throws IllegalArgumentException if there is room for fewer, or none is given
  public void build(int leafCount) {
    if (leafCount < 1 || leafCount > maxLeaves) {
      throw new IllegalArgumentException(
          "a tree of " + leafCount + " leaves; this one was made for 1 to " + maxLeaves);
    }
    leaves = leafCount;
    int below = 0;
    int above = leafCount;
    for (int width = leafCount; width > 1; width = (width + 1) / 2) {
      for (int i = 0; i < width; i += 2) {
        int left = (below + i) * ROOT_BYTES;
        int right = (below + Math.min(i + 1, width - 1)) * ROOT_BYTES;
        hasher.node(nodes, left, nodes, right, nodes, above * ROOT_BYTES);
        above++;
      }
      below += width;
    }
  }

  /// Where in [#bytes] the 32-byte root lies.
  public int rootAt() {
    return (nodeCount(leaves) - 1) * ROOT_BYTES;
  }

  /// Writes the proof of a leaf, lowest level first, 20 bytes a level.
  public void writeProof(int leaf, byte[] out, int at) {
    int index = leaf;
    int start = 0;
    int to = at;
    for (int width = leaves; width > 1; width = (width + 1) / 2) {
      int sibling = start + Math.min(index ^ 1, width - 1);
      System.arraycopy(nodes, sibling * ROOT_BYTES, out, to, PROOF_ENTRY_BYTES);
      to += PROOF_ENTRY_BYTES;
      index >>= 1;
      start += width;
    }
  }
}
