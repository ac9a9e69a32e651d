package org.vexor.solana.entry;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.transaction.TransactionView;

/// The Merkle root over all signatures of an entry's transactions, which its hash takes in.
///
/// Leaf `sha256(0 ‖ signature)`, node `sha256(1 ‖ left ‖ right)`, the last of an odd level paired
/// with itself; no leaf gives 32 zero bytes. The leaves' room grows to the largest entry seen. One
/// thread at a time. Rule: agave merkle-tree/src/merkle_tree.rs.
public final class SignatureMixin {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256 = Poh.sha256();
  private byte[] nodes =
      new byte[64 * Hash.LENGTH]; // entries of 64 signatures are the usual most of a leader
  private int leaves;

  /// Forgets all signatures.
  public void clear() {
    leaves = 0;
  }

  /// Takes in every signature of a parsed transaction.
  public void add(TransactionView transaction) {
    for (int i = 0; i < transaction.signatureCount(); i++) {
      add(transaction.bytes(), transaction.signatureOffset(i));
    }
  }

  /// Takes in the signature (64 bytes) at `offset`.
  public void add(byte[] bytes, int offset) {
    if ((leaves + 1) * Hash.LENGTH > nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * nodes.length);
    }
    sha256.update(LEAF);
    sha256.update(bytes, offset, Signature.LENGTH);
    digestTo(leaves++);
  }

  /// Writes the root to 32 bytes of `target` from `offset` and forgets the signatures.
  public void root(byte[] target, int offset) {
    if (leaves == 0) {
      Arrays.fill(target, offset, offset + Hash.LENGTH, (byte) 0);
      return;
    }
    int width = leaves;
    while (width > 1) {
      for (int left = 0; left < width; left += 2) {
        int right = Math.min(left + 1, width - 1);
        sha256.update(NODE);
        sha256.update(nodes, left * Hash.LENGTH, Hash.LENGTH);
        sha256.update(nodes, right * Hash.LENGTH, Hash.LENGTH);
        digestTo(left / 2); // its children are read already
      }
      width = (width + 1) / 2;
    }
    System.arraycopy(nodes, 0, target, offset, Hash.LENGTH);
    leaves = 0;
  }

  private void digestTo(int node) {
    try {
      sha256.digest(nodes, node * Hash.LENGTH, Hash.LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 does not give 32 bytes", e);
    }
  }
}
