package org.vexor.tpu.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

final class WaitingTest {
  private static final TpuTarget TARGET =
      new TpuTarget(Pubkey.ZERO, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

  private final Waiting waiting = new Waiting(3);

  private static Attempt attempt(Priority priority, long queuedNs) {
    var request =
        SendRequest.of(Signature.of(new byte[Signature.LENGTH]), new byte[1], 1)
            .withPriority(priority)
            .withTargets(List.of(TARGET));
    return new Attempt(new Pending(request, queuedNs), TARGET, queuedNs, 0);
  }

  @Test
  void theUrgentGoFirstAndOthersInOrder() {
    Attempt low = attempt(Priority.LOW, 1);
    Attempt normal = attempt(Priority.NORMAL, 2);
    Attempt high = attempt(Priority.HIGH, 3);
    assertTrue(waiting.offer(low) && waiting.offer(normal) && waiting.offer(high));
    assertFalse(waiting.offer(attempt(Priority.HIGH, 4)), "no more than three wait");
    assertEquals(high, waiting.poll());
    assertEquals(normal, waiting.poll());
    assertEquals(low, waiting.poll());
    assertNull(waiting.poll());
    assertTrue(waiting.isEmpty());
  }

  @Test
  void theOldAreFoundWhateverTheirPriority() {
    Attempt old = attempt(Priority.LOW, 10);
    Attempt young = attempt(Priority.HIGH, 30);
    assertTrue(waiting.offer(young) && waiting.offer(old));
    assertEquals(old, waiting.pollOlder(20));
    assertNull(waiting.pollOlder(20));
    assertEquals(1, waiting.size());
  }
}
