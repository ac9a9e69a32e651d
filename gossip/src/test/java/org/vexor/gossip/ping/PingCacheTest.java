package org.vexor.gossip.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vexor.gossip.TestIdentities.address;
import static org.vexor.gossip.TestIdentities.key;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.message.Pong;
import org.vexor.solana.Hash;
import org.vexor.solana.random.ChaCha;

final class PingCacheTest {
  private static final Peer PEER = new Peer(key(1), address(1));

  private final PingCache cache = new PingCache(100, ChaCha.chaCha20());

  @Test
  void aPeerIsVerifiedByTheAnswerToItsOwnPing() {
    Hash token = cache.ask(PEER, 0).orElseThrow();
    Hash answer = Pong.hashOf(token);
    assertFalse(cache.answered(new Peer(key(2), address(1)), answer, 1), "another identity");
    assertFalse(cache.answered(new Peer(key(1), address(2)), answer, 1), "another address");
    assertFalse(cache.answered(PEER, token, 1), "not the hash");
    assertFalse(cache.isVerified(PEER, 1));
    assertTrue(cache.answered(PEER, answer, 1));
    assertTrue(cache.isVerified(PEER, 1));
    assertFalse(cache.answered(PEER, answer, 1), "once only");
  }

  @Test
  void anAnswerCountsForAWhileAndIsRenewedBefore() {
    verify(PEER, 0);
    assertEquals(Optional.empty(), cache.ask(PEER, PingCache.VALID_MS / 8));
    assertTrue(cache.ask(PEER, PingCache.VALID_MS / 8 + 1).isPresent());
    assertEquals(Optional.empty(), cache.ask(PEER, PingCache.VALID_MS / 8 + 20_000));
    assertTrue(cache.ask(PEER, PingCache.VALID_MS / 8 + 20_001).isPresent());
    assertTrue(cache.isVerified(PEER, PingCache.VALID_MS));
    assertFalse(cache.isVerified(PEER, PingCache.VALID_MS + 1));
  }

  @Test
  void whoDoesNotAnswerIsAskedAgainAfterASecondOrTwo() {
    Hash first = cache.ask(PEER, 0).orElseThrow();
    assertEquals(Optional.empty(), cache.ask(PEER, 999));
    Hash second = cache.ask(PEER, 2_000).orElseThrow();
    assertNotEquals(first, second);
    assertFalse(cache.answered(PEER, Pong.hashOf(first), 2_001), "too late");
    assertTrue(cache.answered(PEER, Pong.hashOf(second), 2_001));
  }

  @Test
  void forgedPeersDoNotDisplaceVerifiedOnes() {
    verify(PEER, 0);
    for (int i = 2; i < 10_000; i++) {
      assertTrue(cache.ask(new Peer(key(i), address(i)), 1).isPresent());
    }
    assertEquals(100, cache.askedCount());
    assertEquals(1, cache.verifiedCount());
    assertTrue(cache.isVerified(PEER, 1));
  }

  private void verify(Peer peer, long nowMs) {
    Hash token = cache.ask(peer, nowMs).orElseThrow();
    assertTrue(cache.answered(peer, Pong.hashOf(token), nowMs));
  }
}
