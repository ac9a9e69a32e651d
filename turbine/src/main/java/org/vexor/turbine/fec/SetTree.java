package org.vexor.turbine.fec;

import static org.vexor.turbine.shred.ShredLayout.PROOF_ENTRY_BYTES;
import static org.vexor.turbine.shred.ShredLayout.ROOT_BYTES;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.vexor.turbine.erasure.ReedSolomon;

/// The Merkle tree over a whole set, built from its leaves (agave
/// `ledger/src/shred/merkle_tree.rs`). Inner nodes hash the first 20 bytes of their children, so 20
/// bytes of a leaf are enough; of an odd level the last node is paired with itself. Reusable, one
/// owner.
final class SetTree {
  private static final byte[] LEAF_PREFIX = prefix(0, "SOLANA_MERKLE_SHREDS_LEAF");
  private static final byte[] NODE_PREFIX = prefix(1, "SOLANA_MERKLE_SHREDS_NODE");
  private static final int MAX_LEAVES = ReedSolomon.MAX_DATA + ReedSolomon.MAX_CODE;
  private static final int MAX_LEVELS = 9; // 134 leaves are 8 levels of pairs

  private final MessageDigest sha256 = sha256();

  /// Level after level, leaves first; a level of odd length leaves room for no pair.
  private final byte[] nodes = new byte[(2 * MAX_LEAVES + MAX_LEVELS) * ROOT_BYTES];

  private final int[] levelStart = new int[MAX_LEVELS + 1];
  private final byte[] pair =
      Arrays.copyOf(NODE_PREFIX, NODE_PREFIX.length + 2 * PROOF_ENTRY_BYTES);
  private int levels;

  private static byte[] prefix(int tag, String text) {
    byte[] bytes = new byte[1 + text.length()];
    bytes[0] = (byte) tag;
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, 1, text.length());
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256; run on one that does", e);
    }
  }

  /// Sets a leaf to the hash of `bytes[from, to)`.
  void hashLeaf(int leaf, byte[] bytes, int from, int to) {
    sha256.update(LEAF_PREFIX);
    sha256.update(bytes, from, to - from);
    digestTo(leaf);
  }

  /// Sets a leaf to the 20 bytes of its hash that stand in its neighbour's proof.
  void copyLeaf(int leaf, byte[] bytes, int proofEntry) {
    System.arraycopy(bytes, proofEntry, nodes, leaf * ROOT_BYTES, PROOF_ENTRY_BYTES);
  }

  /// Computes all nodes above the leaves, of which there must be two or more.
  void build(int leaves) {
    int start = 0;
    int width = leaves;
    levels = 0;
    levelStart[0] = 0;
    while (width > 1) {
      int next = start + width;
      for (int left = 0; left < width; left += 2) {
        int right = Math.min(left + 1, width - 1);
        copyNode(start + left, NODE_PREFIX.length);
        copyNode(start + right, NODE_PREFIX.length + PROOF_ENTRY_BYTES);
        sha256.update(pair);
        digestTo(next + left / 2);
      }
      start = next;
      width = (width + 1) / 2;
      levelStart[++levels] = start;
    }
  }

  private void copyNode(int node, int target) {
    System.arraycopy(nodes, node * ROOT_BYTES, pair, target, PROOF_ENTRY_BYTES);
  }

  private void digestTo(int node) {
    try {
      sha256.digest(nodes, node * ROOT_BYTES, ROOT_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 does not give 32 bytes", e);
    }
  }

  /// Entries of each leaf's proof.
  int proofEntries() {
    return levels;
  }

  /// Whether the tree just built has this root.
  boolean hasRoot(byte[] root) {
    int at = levelStart[levels] * ROOT_BYTES;
    return Arrays.equals(nodes, at, at + ROOT_BYTES, root, 0, ROOT_BYTES);
  }

  /// Writes the proof of a leaf, [#proofEntries] times 20 bytes.
  void writeProof(int leaf, byte[] target, int offset) {
    int index = leaf;
    for (int level = 0; level < levels; level++) {
      int width = levelStart[level + 1] - levelStart[level];
      int sibling = Math.min(index ^ 1, width - 1);
      System.arraycopy(
          nodes,
          (levelStart[level] + sibling) * ROOT_BYTES,
          target,
          offset + level * PROOF_ENTRY_BYTES,
          PROOF_ENTRY_BYTES);
      index >>= 1;
    }
  }
}
