package org.vexor.turbine.fec;

import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.shred.ShredView;

/// The Merkle root of a shred, in an array of its own.
public final class Roots {
  private Roots() {}

  /// The root, 32 bytes.
  public static byte[] of(ShredView shred) {
    byte[] root = new byte[32];
    new MerkleHasher().root(shred, root, 0);
    return root;
  }
}
