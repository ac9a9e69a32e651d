package org.vexor.solana.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.solana.crypto.lanes.EquationLanes;
import org.vexor.testkit.Fixtures;

/// Several at once must be judged as one by one by a library. Needs `--add-modules
/// jdk.incubator.vector`; runs with as many lanes as the machine has.
final class SignatureLanesTest {
  private static final int SIGNATURES = 96;

  private final Ed25519Verifier oneByOne = new Ed25519Verifier();
  private final Random random = new Random(8032);
  private SignatureLanes lanes;

  @BeforeEach
  void open() {
    var equation = EquationLanes.open(1);
    assumeTrue(equation.isPresent(), "the JVM was started without jdk.incubator.vector");
    lanes = new SignatureLanes(equation.get());
  }

  @Test
  void judgesGoodAndDamagedOnesAsOneByOne() {
    var batch = new ArrayList<SignedMessage>();
    for (int i = 0; i < SIGNATURES; i++) {
      SignedMessage good = signed(random.nextInt(300));
      batch.add(i % 2 == 0 ? good : damaged(good, i));
    }
    assertTrue(judge(batch) >= SIGNATURES / 2);
  }

  @Test
  void judgesKeysAndRsOfEverySortAsOneByOne() {
    var batch = new ArrayList<SignedMessage>();
    for (int i = 0; i < 2 * SIGNATURES; i++) {
      SignedMessage good = signed(40);
      byte[] signature = good.signature().clone();
      byte[] key = good.key().clone();
      byte[] changed = i % 2 == 0 ? signature : key;
      switch (i / 2 % 6) {
        case 0 -> random.nextBytes(key); // every second one is a point
        case 1 -> Arrays.fill(changed, 0, 32, (byte) 0);
        case 2 -> Arrays.fill(changed, 0, 32, (byte) 0xff); // not reduced
        case 3 -> changed[31] ^= (byte) 0x80; // the other x
        case 4 -> Arrays.fill(signature, 32, 64, (byte) i); // mostly beyond the order
        default -> System.arraycopy(key, 0, signature, 0, 32);
      }
      batch.add(new SignedMessage(good.message(), 0, good.messageLength(), signature, 0, key, 0));
    }
    judge(batch);
  }

  @Test
  void acceptsWhatFiredancerAccepts() {
    byte[] cases =
        Fixtures.solanaBytes("firedancer/test_ed25519_signature_malleability_should_pass.bin");
    byte[] message = "Zcash".getBytes(StandardCharsets.US_ASCII);
    var batch = new ArrayList<SignedMessage>();
    for (int at = 0; at < cases.length; at += 96) {
      batch.add(new SignedMessage(message, 0, message.length, cases, at, cases, at + 64));
    }
    assertEquals(cases.length / 96, judge(batch));
  }

  @Test
  void aLaneDoesNotCareWhatIsInTheOthers() {
    for (int good = 0; good < lanes.width(); good++) {
      var batch = new ArrayList<SignedMessage>();
      for (int i = 0; i < lanes.width(); i++) {
        batch.add(i == good ? signed(10) : damaged(signed(10), i));
      }
      assertEquals(1 << good, lanes.judge(batch, 0));
    }
    assertEquals(1, lanes.judge(List.of(signed(10)), 0), "one alone");
  }

  /// Compares with one by one, and says how many are good.
  private int judge(List<SignedMessage> batch) {
    int sum = 0;
    for (int first = 0; first < batch.size(); first += lanes.width()) {
      int good = lanes.judge(batch, first);
      for (int i = first; i < Math.min(batch.size(), first + lanes.width()); i++) {
        boolean expected = oneByOne.verify(batch.get(i));
        assertEquals(expected, ((good >>> (i - first)) & 1) == 1, "signature " + i);
        sum += expected ? 1 : 0;
      }
    }
    return sum;
  }

  private SignedMessage signed(int length) {
    byte[] seed = new byte[Keypair.SEED_LENGTH];
    random.nextBytes(seed);
    byte[] message = new byte[length];
    random.nextBytes(message);
    Keypair keypair = Keypair.fromSeed(seed);
    return SignedMessage.of(message, keypair.sign(message), keypair.publicKey());
  }

  private SignedMessage damaged(SignedMessage good, int which) {
    byte[] message = Arrays.copyOf(good.message(), good.messageLength() + 1);
    byte[] signature = good.signature().clone();
    byte[] key = good.key().clone();
    byte[] changed =
        switch (which % 3) {
          case 0 -> message;
          case 1 -> signature;
          default -> key;
        };
    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    return new SignedMessage(message, 0, good.messageLength(), signature, 0, key, 0);
  }
}
