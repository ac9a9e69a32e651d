package org.vexor.solana.entry;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.vexor.solana.Hash;

/// The hash chain of proof of history: SHA-256 over itself, now and then over itself and a mixin.
///
/// Allocates nothing after construction. One thread at a time. Rules: agave entry/src/poh.rs.
public final class Poh {
  private final MessageDigest sha256 = sha256();
  private final byte[] hash = new byte[Hash.LENGTH];

  /// A chain that stands at `start`.
  public Poh(Hash start) {
    start.copyTo(hash, 0);
  }

  /// A SHA-256 digest of the JDK.
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256; run on one that does", e);
    }
  }

  /// Sets the chain to the 32 bytes of `source` from `offset`.
  public void reset(byte[] source, int offset) {
    System.arraycopy(source, offset, hash, 0, Hash.LENGTH);
  }

  /// Hashes the state `count` times; nothing for 0 or less.
  public void hash(long count) {
    try {
      for (long i = 0; i < count; i++) {
        sha256.update(hash, 0, Hash.LENGTH);
        sha256.digest(hash, 0, Hash.LENGTH);
      }
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 does not give 32 bytes", e);
    }
  }

  /// An entry without transactions: `numHashes` hashes.
  public void tick(long numHashes) {
    hash(numHashes);
  }

  /// An entry with transactions: the last of `numHashes` hashes takes in the 32 bytes of `mixin`
  /// from `offset`. The mixin costs one hash even when `numHashes` is 0.
  public void record(long numHashes, byte[] mixin, int offset) {
    hash(numHashes - 1);
    try {
      sha256.update(hash, 0, Hash.LENGTH);
      sha256.update(mixin, offset, Hash.LENGTH);
      sha256.digest(hash, 0, Hash.LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 does not give 32 bytes", e);
    }
  }

  /// Where the chain stands.
  public Hash current() {
    return Hash.of(hash);
  }

  /// Writes where the chain stands to 32 bytes of `target` from `offset`.
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(hash, 0, target, offset, Hash.LENGTH);
  }

  /// Whether the chain stands at the 32 bytes of `source` from `offset`.
  public boolean isAt(byte[] source, int offset) {
    return Arrays.equals(hash, 0, Hash.LENGTH, source, offset, offset + Hash.LENGTH);
  }
}
