package org.vexor.node.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.crypto.KeypairFile;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionView;

/// Reads what commands are given to sign with and to send.
final class TransactionFiles {
  private static final int MOST_BYTES = 16 * 1024;

  private TransactionFiles() {}

  static Keypair keypair(String option, Path file) throws UserException {
    try {
      return KeypairFile.read(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(option + " " + file + ": " + e.getMessage(), e);
    }
  }

  /// A transaction that is sane as far as its bytes tell.
  ///
  /// @param text a file with its bytes or their base64, or the base64 itself
  static TransactionView transaction(String text) throws UserException {
    byte[] bytes = bytes(text);
    TransactionView view = new TransactionView();
    TransactionRefusal refusal = view.parseExact(bytes, 0, bytes.length);
    if (refusal == TransactionRefusal.NONE) {
      refusal = view.sanitize();
    }
    if (refusal != TransactionRefusal.NONE) {
      throw new UserException("this is no transaction: " + refusal);
    }
    return view;
  }

  private static byte[] bytes(String text) throws UserException {
    try {
      if (text.length() < 1_024 && Files.isRegularFile(Path.of(text))) {
        Path file = Path.of(text);
        if (Files.size(file) > MOST_BYTES) {
          throw new UserException(file + " is longer than any transaction");
        }
        byte[] content = Files.readAllBytes(file);
        TransactionView view = new TransactionView();
        if (view.parseExact(content, 0, content.length) == TransactionRefusal.NONE) {
          return content;
        }
        return Base64.getMimeDecoder()
            .decode(new String(content, StandardCharsets.US_ASCII).strip());
      }
      return Base64.getDecoder().decode(text.strip());
    } catch (IOException e) {
      throw new UserException(text + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UserException("neither a file nor base64: " + e.getMessage(), e);
    }
  }
}
