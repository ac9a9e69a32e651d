package org.vexor.turbine.fec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.vexor.turbine.shred.ShredView;

/// The Merkle root of a shred from its proof, as plainly as the rule is written.
public final class Roots {
  private Roots() {}

  /// The root, 32 bytes.
  public static byte[] of(ShredView shred) {
    byte[] bytes = Arrays.copyOfRange(shred.bytes(), shred.base(), shred.base() + shred.length());
    byte[] node =
        hash("\0SOLANA_MERKLE_SHREDS_LEAF", Arrays.copyOfRange(bytes, 64, shred.proofOffset()));
    int index = shred.leafIndex();
    for (int entry = 0; entry < shred.proofEntries(); entry++) {
      int at = shred.proofOffset() + 20 * entry;
      byte[] sibling = Arrays.copyOfRange(bytes, at, at + 20);
      byte[] self = Arrays.copyOf(node, 20);
      node =
          index % 2 == 0
              ? hash("\1SOLANA_MERKLE_SHREDS_NODE", self, sibling)
              : hash("\1SOLANA_MERKLE_SHREDS_NODE", sibling, self);
      index /= 2;
    }
    return node;
  }

  private static byte[] hash(String prefix, byte[]... parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(prefix.getBytes(StandardCharsets.ISO_8859_1));
      for (byte[] part : parts) {
        sha256.update(part);
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
