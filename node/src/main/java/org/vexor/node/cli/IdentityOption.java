package org.vexor.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.crypto.KeypairFile;
import picocli.CommandLine.Option;

/// The key that a command acts under.
final class IdentityOption {
  @Option(
      names = "--identity",
      paramLabel = "KEYPAIR",
      description = "key file of our identity (default: a new one for this run)")
  private @Nullable Path file;

  Keypair keypair() throws UserException {
    if (file == null) {
      return Keypair.generate();
    }
    try {
      return KeypairFile.read(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("--identity " + file + ": " + e.getMessage(), e);
    }
  }
}
