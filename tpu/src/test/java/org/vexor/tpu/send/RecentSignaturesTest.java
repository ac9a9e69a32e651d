package org.vexor.tpu.send;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Signature;

final class RecentSignaturesTest {
  private final Random random = new Random(1);

  private Signature signature() {
    byte[] bytes = new byte[Signature.LENGTH];
    random.nextBytes(bytes);
    return Signature.of(bytes);
  }

  @Test
  void knowsTheLastSoManyAndForgetsTheRest() {
    var recent = new RecentSignatures(100);
    Signature first = signature();
    recent.add(first);
    recent.add(first);
    assertTrue(recent.contains(first));
    for (int i = 0; i < 99; i++) {
      recent.add(signature());
    }
    assertTrue(recent.contains(first));
    Signature last = signature();
    recent.add(last);
    assertFalse(recent.contains(first));
    assertTrue(recent.contains(last));
    assertFalse(recent.contains(signature()));
  }
}
