package org.vexor.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Captured data of live clusters and vectors of other implementations, which lie beside the
/// repository and are not part of it. The folder is `-Dvexor.fixtures=DIR`, by default
/// `../shared/fixtures`; a test that asks for a file that is not there is reported as skipped, with
/// the reason.
public final class Fixtures {
  private static final String PROPERTY = "vexor.fixtures";

  private Fixtures() {}

  /// The path of a file below `solana/` of the fixtures; skips the calling test when there is none.
  public static Path solana(String name) {
    Path file = root().resolve("solana").resolve(name);
    assumeTrue(
        Files.exists(file),
        () -> "no fixture " + file + "; to run this test: -D" + PROPERTY + "=DIR");
    return file;
  }

  /// The bytes of a file below `solana/` of the fixtures; skips the calling test when there is
  /// none.
  public static byte[] solanaBytes(String name) {
    try {
      return Files.readAllBytes(solana(name));
    } catch (IOException e) {
      throw new UncheckedIOException("fixture " + name, e);
    }
  }

  /// Why tests on fixtures cannot run; empty when they can.
  public static Optional<String> missing() {
    Path folder = root().resolve("solana");
    return Files.isDirectory(folder)
        ? Optional.empty()
        : Optional.of("no fixtures in " + folder + "; to run this test: -D" + PROPERTY + "=DIR");
  }

  private static Path root() {
    return Path.of(System.getProperty(PROPERTY, "../shared/fixtures"));
  }
}
