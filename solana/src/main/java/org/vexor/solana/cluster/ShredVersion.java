package org.vexor.solana.cluster;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.List;
import org.vexor.solana.Hash;

/// The 16 bits in every shred and contact info that keep clusters apart (agave sdk shred-version).
public final class ShredVersion {
  private ShredVersion() {}

  /// The version of the cluster with this genesis after these hard forks, in order; 1 to 65535.
  public static int of(Hash genesis, List<HardFork> hardForks) {
    byte[] hash = genesis.bytes();
    ByteBuffer fork = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    MessageDigest digest = GenesisHash.sha256();
    for (HardFork hardFork : hardForks) {
      digest.update(hash);
      digest.update(fork.clear().putLong(hardFork.slot()).putLong(hardFork.count()).flip());
      hash = digest.digest();
    }
    int folded = 0;
    for (int i = 0; i < hash.length; i += 2) {
      folded ^= (hash[i] & 0xff) << 8 | (hash[i + 1] & 0xff);
    }
    return Math.min(folded + 1, 0xffff);
  }
}
