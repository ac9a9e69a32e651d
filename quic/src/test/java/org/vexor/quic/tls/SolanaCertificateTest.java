package org.vexor.quic.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SolanaCertificateTest {
  /// Agave's constant is 249 bytes; the key is where it patches it in.
  @Property(tries = 100)
  void isOfAgavesSizeAndHoldsTheKey(@ForAll @Size(32) byte[] key) {
    byte[] encoded = SolanaCertificate.encode(key);
    assertEquals(249, encoded.length);
    X509Certificate certificate = SolanaCertificate.of(key);
    assertEquals(Optional.of(Ed25519Key.of(key)), Ed25519Key.of(certificate));
    assertEquals("CN=Solana node", certificate.getIssuerX500Principal().getName());
    byte[] signature = new byte[64];
    Arrays.fill(signature, (byte) 0xff);
    assertArrayEquals(signature, certificate.getSignature());
  }

  @Test
  void doesNotPretendToBeSigned() {
    X509Certificate certificate =
        TlsIdentity.solanaEphemeral(new SecureRandom()).certificates().getFirst();
    assertThrows(SignatureException.class, () -> certificate.verify(certificate.getPublicKey()));
  }
}
