package org.vexor.turbine.merkle;

import static org.vexor.turbine.shred.ShredLayout.PROOF_ENTRY_BYTES;
import static org.vexor.turbine.shred.ShredLayout.ROOT_BYTES;
import static org.vexor.turbine.shred.ShredLayout.VARIANT_OFFSET;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.vexor.turbine.shred.ShredView;

/// The hashes of the tree, and the climb from a shred along its proof to the root. One owner; all
/// results are written where the caller says and nothing is allocated.
public final class MerkleHasher {
  private static final byte[] LEAF_PREFIX =
      "\0SOLANA_MERKLE_SHREDS_LEAF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NODE_PREFIX =
      "\1SOLANA_MERKLE_SHREDS_NODE".getBytes(StandardCharsets.US_ASCII);

  // The JDK's provider by name: its SHA-256 is an intrinsic, and faster than that of Corretto.
  private static final String PROVIDER = "SUN";

  private final MessageDigest sha256;
  private final byte[] node =
      Arrays.copyOf(NODE_PREFIX, NODE_PREFIX.length + 2 * PROOF_ENTRY_BYTES);

  public MerkleHasher() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256", PROVIDER);
    } catch (NoSuchAlgorithmException | java.security.NoSuchProviderException e) {
      throw new IllegalStateException("this JDK has no SHA-256 of provider " + PROVIDER, e);
    }
  }

  /// Writes the 32-byte leaf hash of a Merkle shred, over its bytes from the variant to the proof.
  public void leaf(ShredView shred, byte[] out, int at) {
    leaf(
        shred.bytes(),
        shred.base() + VARIANT_OFFSET,
        shred.proofOffset() - VARIANT_OFFSET,
        out,
        at);
  }

  /// Writes the 32-byte leaf hash of some bytes.
  public void leaf(byte[] content, int offset, int length, byte[] out, int at) {
    sha256.update(LEAF_PREFIX, 0, LEAF_PREFIX.length);
    sha256.update(content, offset, length);
    digest(out, at);
  }

  /// Writes the 32-byte hash of two nodes, of which the first 20 bytes count. `out` may be an
  /// input.
  public void node(byte[] left, int leftAt, byte[] right, int rightAt, byte[] out, int at) {
    System.arraycopy(left, leftAt, node, NODE_PREFIX.length, PROOF_ENTRY_BYTES);
    System.arraycopy(
        right, rightAt, node, NODE_PREFIX.length + PROOF_ENTRY_BYTES, PROOF_ENTRY_BYTES);
    sha256.update(node, 0, node.length);
    digest(out, at);
  }

  /// Writes the 32-byte root that a shred and its proof make. The view must be of a Merkle shred;
  /// its parse has made sure that the proof is long enough for its place.
  public void root(ShredView shred, byte[] out, int at) {
    leaf(shred, out, at);
    climb(
        shred.leafIndex(),
        shred.bytes(),
        shred.base() + shred.proofOffset(),
        shred.proofEntries(),
        out,
        at);
  }

  /// Replaces the node at `out[at]` by the one `levels` above it.
  ///
  /// @param index of the node within its level; an even one is a left child
  void climb(int index, byte[] proof, int proofAt, int levels, byte[] out, int at) {
    for (int level = 0; level < levels; level++) {
      int sibling = proofAt + level * PROOF_ENTRY_BYTES;
      if ((index >> level & 1) == 0) {
        node(out, at, proof, sibling, out, at);
      } else {
        node(proof, sibling, out, at, out, at);
      }
    }
  }

  private void digest(byte[] out, int at) {
    try {
      sha256.digest(out, at, ROOT_BYTES);
    } catch (DigestException e) {
      throw new IllegalArgumentException(
          "no 32 bytes at " + at + " of an array of " + out.length + " for a hash", e);
    }
  }
}
