package org.vexor.solana.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.lanes.EquationLanes;

/// Judges several signatures at once by the same rules as [Ed25519Verifier] one. Owned by one
/// thread.
final class SignatureLanes {
  private static final int R_BYTES = Signature.LENGTH / 2;

  private final EquationLanes lanes;
  private final MessageDigest sha512;
  private final byte[] hash = new byte[64];

  SignatureLanes(EquationLanes lanes) {
    this.lanes = lanes;
    try {
      this.sha512 = MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-512", e);
    }
  }

  /// How many are judged at once.
  int width() {
    return lanes.width();
  }

  /// Judges those from `first` on, [#width] at most.
  ///
  /// @return bit i when that at `first + i` is good
  int judge(List<SignedMessage> batch, int first) {
    int lawful = 0;
    int count = Math.min(width(), batch.size() - first);
    for (int i = 0; i < count; i++) {
      SignedMessage signed = batch.get(first + i);
      if (StrictRules.areKept(
          signed.signature(), signed.signatureOffset(), signed.key(), signed.keyOffset())) {
        load(i, signed);
        lawful |= 1 << i;
      }
    }
    return lawful & lanes.check();
  }

  private void load(int lane, SignedMessage signed) {
    sha512.update(signed.signature(), signed.signatureOffset(), R_BYTES);
    sha512.update(signed.key(), signed.keyOffset(), Ed25519Provider.KEY_LENGTH);
    sha512.update(signed.message(), signed.messageOffset(), signed.messageLength());
    try {
      sha512.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("64 bytes are what a hash of SHA-512 takes", e);
    }
    lanes.load(
        lane, hash, signed.signature(), signed.signatureOffset(), signed.key(), signed.keyOffset());
  }
}
