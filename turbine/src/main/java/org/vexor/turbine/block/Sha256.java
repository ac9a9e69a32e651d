package org.vexor.turbine.block;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.vexor.solana.Hash;

/// SHA-256 of the JDK, over and over.
final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256; run on one that does", e);
    }
  }

  void clear() {
    digest.reset();
  }

  void add(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  Hash finish() {
    return Hash.of(digest.digest());
  }
}
