package org.vexor.solana.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.vexor.solana.Hash;

/// The name of a cluster: SHA-256 over its serialised genesis configuration.
public final class GenesisHash {
  private static final int CHUNK_BYTES = 64 * 1024;

  private GenesisHash() {}

  /// The hash of the bytes of a `genesis.bin`.
  public static Hash of(byte[] genesis) {
    return Hash.of(sha256().digest(genesis));
  }

  /// The hash of the file `genesis.bin`.
  public static Hash of(Path genesis) throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(genesis)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
    return Hash.of(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
