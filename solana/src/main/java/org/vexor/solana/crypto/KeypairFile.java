package org.vexor.solana.crypto;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.vexor.solana.Pubkey;

/// The key file of Solana's command line: a JSON array of 64 numbers, 32 of the seed and 32 of the
/// public key. Messages never quote what is in the file.
public final class KeypairFile {
  private static final int NUMBERS = Keypair.SEED_LENGTH + Pubkey.LENGTH;
  private static final int MAX_FILE_BYTES = 4096; // 64 numbers of at most 3 digits, spread out well

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private KeypairFile() {}

  /// Reads a key file.
  ///
  /// @throws IOException when it cannot be read
  /// @throws IllegalArgumentException naming file and fault, when it holds no key pair
  public static Keypair read(Path file) throws IOException {
    byte[] json;
    try (InputStream in = Files.newInputStream(file)) {
      json = in.readNBytes(MAX_FILE_BYTES + 1);
    }
    try {
      return parse(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "key file " + file + ": " + e.getMessage() + "; solana-keygen new writes a good one", e);
    }
  }

  /// Reads the text of a key file.
  ///
  /// @throws IllegalArgumentException naming the fault: not JSON, not 64 numbers of 0 to 255, a
  ///   public half that does not belong to the seed
  public static Keypair parse(byte[] json) {
    if (json.length > MAX_FILE_BYTES) {
      throw new IllegalArgumentException("longer than the " + MAX_FILE_BYTES + " bytes of any key");
    }
    byte[] bytes = bytes(tree(json));
    Keypair keypair = Keypair.fromSeed(Arrays.copyOf(bytes, Keypair.SEED_LENGTH));
    Pubkey recorded = Pubkey.of(bytes, Keypair.SEED_LENGTH);
    Arrays.fill(bytes, (byte) 0);
    if (!recorded.equals(keypair.publicKey())) {
      throw new IllegalArgumentException(
          "the public half " + recorded + " is not that of the seed, " + keypair.publicKey());
    }
    return keypair;
  }

  private static JsonNode tree(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      // Without the cause: its message may quote part of a key.
      throw new IllegalArgumentException("not JSON");
    }
  }

  private static byte[] bytes(JsonNode array) {
    if (!array.isArray() || array.size() != NUMBERS) {
      throw new IllegalArgumentException(
          array.isArray()
              ? "an array of " + NUMBERS + " numbers is needed, it has " + array.size()
              : "an array of " + NUMBERS + " numbers is needed");
    }
    byte[] bytes = new byte[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      JsonNode number = array.get(i);
      if (!number.isInt() || number.intValue() < 0 || number.intValue() > 255) {
        throw new IllegalArgumentException("element " + i + " is not a number from 0 to 255");
      }
      bytes[i] = (byte) number.intValue();
    }
    return bytes;
  }

  /// Writes a key file that only its owner may read. It appears complete or not at all.
  ///
  /// @param overwrite whether a file of that name may be replaced
  /// @throws FileAlreadyExistsException when there is one and it may not
  /// @throws UnsupportedOperationException on a file system without owner permissions
  public static void write(Path file, Keypair keypair, boolean overwrite) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException("no name for a key file: " + file);
    }
    Path draft =
        Files.createTempFile(
            directory,
            "." + file.getFileName(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (FileChannel channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
        ByteBuffer text = ByteBuffer.wrap(text(keypair));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      if (overwrite) {
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.createLink(file, draft); // unlike a move it fails when the name is taken
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// Makes a new key pair and writes it; see [#write].
  public static Keypair generate(Path file, boolean overwrite) throws IOException {
    Keypair keypair = Keypair.generate();
    write(file, keypair, overwrite);
    return keypair;
  }

  private static byte[] text(Keypair keypair) {
    StringBuilder text = new StringBuilder(4 * NUMBERS + 2);
    char separator = '[';
    for (byte value : keypair.secretBytes()) {
      text.append(separator).append(value & 0xff);
      separator = ',';
    }
    return text.append(']').toString().getBytes(StandardCharsets.US_ASCII);
  }
}
