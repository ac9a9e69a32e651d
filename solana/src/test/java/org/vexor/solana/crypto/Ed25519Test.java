package org.vexor.solana.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.testkit.Fixtures;

final class Ed25519Test {
  private static final List<Ed25519Provider> PROVIDERS =
      List.of(Ed25519Provider.best(), Ed25519Provider.jdk());

  @ParameterizedTest
  @CsvSource({ // RFC 8032, 7.1, tests 1 to 3
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void signsAndVerifiesAsTheStandardShows(
      String seed, String key, String message, String signature) {
    Keypair keypair = Keypair.fromSeed(hex(seed));
    assertEquals(Pubkey.of(hex(key)), keypair.publicKey());
    for (Ed25519Provider provider : PROVIDERS) {
      Signature made = new Ed25519Signer(provider, keypair).sign(hex(message));
      assertEquals(Signature.of(hex(signature)), made, provider.name());
      assertTrue(verifier(provider).verify(hex(message), made, keypair.publicKey()));
    }
  }

  @Test
  void acceptsWhatFiredancerAccepts() {
    byte[] cases =
        Fixtures.solanaBytes("firedancer/test_ed25519_signature_malleability_should_pass.bin");
    byte[] message = "Zcash".getBytes(StandardCharsets.US_ASCII);
    assertEquals(200 * 96, cases.length);
    for (Ed25519Provider provider : PROVIDERS) {
      Ed25519Verifier verifier = verifier(provider);
      for (int at = 0; at < cases.length; at += 96) {
        assertTrue(
            verifier.verify(message, 0, message.length, cases, at, cases, at + 64),
            provider.name() + " case " + at / 96);
      }
    }
  }

  @Property(tries = 60)
  void acceptsItsOwnAndRefusesEveryFlippedBitWhateverTheProvider(
      @ForAll @Size(32) byte[] seed,
      @ForAll @Size(min = 1, max = 200) byte[] message,
      @ForAll @IntRange(max = 10_000) int bit) {
    Keypair keypair = Keypair.fromSeed(seed);
    byte[] all = new byte[64 + 32 + message.length];
    keypair.sign(message).copyTo(all, 0);
    keypair.publicKey().copyTo(all, 64);
    System.arraycopy(message, 0, all, 96, message.length);
    byte[] flipped = all.clone();
    flipped[bit / 8 % all.length] ^= (byte) (1 << (bit % 8));
    for (Ed25519Provider provider : PROVIDERS) {
      Ed25519Verifier verifier = verifier(provider);
      assertTrue(verifier.verify(all, 96, message.length, all, 0, all, 64));
      assertFalse(verifier.verify(flipped, 96, message.length, flipped, 0, flipped, 64));
      assertTrue(verifier.verify(all, 96, message.length, all, 0, all, 64), "after a refusal");
    }
  }

  @Test
  void namesTheOnesOfABatchThatFail() {
    List<SignedMessage> batch = new ArrayList<>();
    Keypair[] keys = {Keypair.generate(), Keypair.generate()};
    for (int i = 0; i < 10; i++) {
      byte[] message = {(byte) i};
      Keypair signer = keys[i % 2];
      Pubkey claimed = i % 4 == 3 ? keys[0].publicKey() : signer.publicKey();
      batch.add(SignedMessage.of(message, signer.sign(message), claimed));
    }
    assertEquals(BitSet.valueOf(new long[] {0b1000_1000}), new Ed25519Verifier().verifyMany(batch));
  }

  @Test
  void keepsItsAnswersWhenKeysFallOutOfTheCache() {
    Ed25519Verifier verifier = new Ed25519Verifier(2);
    for (int round = 0; round < 3; round++) {
      for (int k = 0; k < 4; k++) {
        byte[] seed = new byte[32];
        seed[0] = (byte) k;
        Keypair keypair = Keypair.fromSeed(seed);
        assertTrue(verifier.verify(seed, keypair.sign(seed), keypair.publicKey()));
      }
    }
  }

  @Test
  void refusesKeysThatAreNoPointAndThrowsForRangesOnly() {
    byte[] key = new byte[32];
    key[0] = 2; // y = 2 has no x
    Signature any = Keypair.generate().sign(key);
    for (Ed25519Provider provider : PROVIDERS) {
      assertFalse(verifier(provider).verify(key, any, Pubkey.of(key)));
    }
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new Ed25519Verifier().verify(key, 0, 32, new byte[63], 0, key, 0));
  }

  @Test
  void aDestroyedKeySignsNoMoreAndAKeyIsNeverPrinted() {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 7);
    Keypair keypair = Keypair.fromSeed(seed);
    assertEquals("Keypair[" + keypair.publicKey() + "]", keypair.toString());
    keypair.destroy();
    assertTrue(keypair.isDestroyed());
    assertThrows(IllegalStateException.class, () -> keypair.sign(seed));
    assertFalse(Ed25519.providerName().isEmpty());
  }

  private static Ed25519Verifier verifier(Ed25519Provider provider) {
    return new Ed25519Verifier(provider, 16);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
