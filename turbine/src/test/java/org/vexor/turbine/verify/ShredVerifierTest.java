package org.vexor.turbine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.testkit.Fixtures;
import org.vexor.turbine.JdkEd25519;
import org.vexor.turbine.NeedsFixtures;
import org.vexor.turbine.ShredFixtures;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

final class ShredVerifierTest {
  private final ShredView view = new ShredView();

  private static Pubkey leader() {
    return Pubkey.of(Fixtures.solanaBytes("firedancer/demo-shreds.key"), 32);
  }

  private static List<byte[]> demo() {
    return ShredFixtures.datagrams("firedancer/demo-shreds.pcap");
  }

  private static ShredVerifier verifier() {
    return new ShredVerifier(SlotLeaders.always(leader()), JdkEd25519::verify, 16);
  }

  private VerifyOutcome verify(ShredVerifier verifier, byte[] shred) {
    assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
    return verifier.verify(view);
  }

  @Test
  void oneSignatureCheckServesASet() {
    ShredVerifier verifier = verifier();
    List<byte[]> shreds = new ArrayList<>(demo());
    Collections.shuffle(shreds, new Random(1));
    MerkleHasher hasher = new MerkleHasher();
    byte[] root = new byte[32];
    for (byte[] shred : shreds) {
      assertEquals(VerifyOutcome.VERIFIED, verify(verifier, shred));
      hasher.root(view, root, 0);
      assertEquals(Hash.of(root), Hash.of(verifier.root()));
    }
    assertEquals(8, verifier.signatureChecks());
  }

  @Test
  void shredsOfARealValidatorAreItsLeaders() {
    Pubkey leader =
        Pubkey.fromBase58(
            ShredFixtures.json("validator/agave-4.2.2-slots-45-46.expected.json")
                .get(0)
                .get("leader")
                .asText());
    ShredVerifier verifier = new ShredVerifier(SlotLeaders.always(leader), JdkEd25519::verify);
    for (byte[] shred : ShredFixtures.datagrams("validator/agave-4.2.2-slots-45-46.bin")) {
      assertEquals(VerifyOutcome.VERIFIED, verify(verifier, shred));
    }
    assertEquals(8, verifier.signatureChecks());
  }

  @Test
  void theSignatureOfTheLastSenderPlaysNoPart() {
    ShredVerifier verifier = verifier();
    byte[] resigned = demo().getLast().clone();
    verify(verifier, resigned);
    assertTrue(view.isResigned());
    resigned[resigned.length - 1] ^= 1;
    assertEquals(VerifyOutcome.VERIFIED, verify(verifier, resigned));
    assertEquals(1, verifier.signatureChecks());
  }

  @Test
  void aDamagedShredOfAVerifiedSetCostsNoSignatureCheck() {
    ShredVerifier verifier = verifier();
    List<byte[]> shreds = demo();
    verify(verifier, shreds.get(0));
    byte[] damaged = shreds.get(1).clone();
    damaged[500] ^= 1;
    assertEquals(VerifyOutcome.OTHER_ROOT, verify(verifier, damaged));
    assertEquals(VerifyOutcome.VERIFIED, verify(verifier, shreds.get(1)));
    assertEquals(1, verifier.signatureChecks());
  }

  @Test
  void aBadSignatureIsCheckedOnceAndDoesNotDisturbTheSet() {
    ShredVerifier verifier = verifier();
    List<byte[]> shreds = demo();
    byte[] forged = shreds.get(2).clone();
    forged[10] ^= 1;
    assertEquals(VerifyOutcome.BAD_SIGNATURE, verify(verifier, forged));
    assertEquals(VerifyOutcome.VERIFIED, verify(verifier, shreds.get(0)));
    assertEquals(VerifyOutcome.BAD_SIGNATURE, verify(verifier, forged));
    assertEquals(VerifyOutcome.VERIFIED, verify(verifier, shreds.get(3)));
    assertEquals(2, verifier.signatureChecks());
  }

  @Test
  void anotherLeadersShredIsBad() {
    SlotLeaders own = SlotLeaders.always(leader());
    ShredVerifier right = new ShredVerifier(own, JdkEd25519::verify);
    assertEquals(VerifyOutcome.VERIFIED, verify(right, demo().getFirst()));
    ShredVerifier wrong =
        new ShredVerifier(
            SlotLeaders.always(Pubkey.fromBase58("Ga8BBM7XdyckQFVY2as6nPTqHr2Ve7mPFtnasFTH3FCd")),
            JdkEd25519::verify);
    assertEquals(VerifyOutcome.BAD_SIGNATURE, verify(wrong, demo().getFirst()));
  }

  @Test
  void saysWhenTheLeaderIsUnknownOrThereIsNoRoot() {
    ShredVerifier verifier = new ShredVerifier((slot, target) -> false, JdkEd25519::verify);
    assertEquals(VerifyOutcome.UNKNOWN_LEADER, verify(verifier, demo().getFirst()));
    byte[] legacy = Fixtures.solanaBytes("radiance/mainnet-slot0-d000.bin");
    assertEquals(VerifyOutcome.NO_ROOT, verify(verifier, legacy));
    assertEquals(0, verifier.signatureChecks());
  }

  @Test
  void oldGeometriesAreVerifiedToo() {
    ShredVerifier verifier =
        new ShredVerifier(SlotLeaders.always(leader()), (m, o, l, s, so, k, ko) -> true);
    for (String name :
        List.of(
            "sig/merkle_proof_test_shreds_34_data_34_code.bin",
            "sig/mainnet_recovery_284737905.recovered.bin")) {
      for (byte[] shred : ShredFixtures.datagrams(name)) {
        assertEquals(VerifyOutcome.VERIFIED, verify(verifier, shred));
      }
    }
    assertEquals(2, verifier.signatureChecks());
  }

  @Test
  void roomIsAPowerOfTwo() {
    Pubkey anybody = Pubkey.of(new byte[Pubkey.LENGTH]);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ShredVerifier(SlotLeaders.always(anybody), JdkEd25519::verify, 12));
  }

  /// The tables against no tables at all: any order, any damage, little room.
  @AddLifecycleHook(NeedsFixtures.class)
  @Property(tries = 6)
  void remembersNothingWrong(@ForAll long seed) {
    Random random = new Random(seed);
    List<byte[]> shreds = demo();
    byte[] key = leader().bytes();
    MerkleHasher hasher = new MerkleHasher();
    ShredVerifier verifier = new ShredVerifier(SlotLeaders.always(leader()), JdkEd25519::verify, 4);
    byte[] root = new byte[32];
    for (int i = 0; i < 60; i++) {
      byte[] shred = shreds.get(random.nextInt(shreds.size())).clone();
      if (random.nextInt(3) == 0) {
        shred[random.nextInt(shred.length)] ^= (byte) (1 << random.nextInt(8));
      }
      if (view.parse(shred, 0, shred.length) != ShredRefusal.NONE || view.isLegacy()) {
        continue;
      }
      hasher.root(view, root, 0);
      boolean good = JdkEd25519.verify(root, 0, 32, shred, 0, key, 0);
      assertEquals(good, verifier.verify(view) == VerifyOutcome.VERIFIED);
    }
  }
}
