package org.vexor.node.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.node.status.ComponentStatus;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.rpc.RpcException;

final class EpochFollowerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Pubkey leader = Keypair.generate().publicKey();
  private final byte[] key = new byte[Pubkey.LENGTH];
  private StubRpc rpc;
  private EpochFollower follower;

  @BeforeEach
  void start() throws Exception {
    rpc = new StubRpc(leader);
    follower = EpochFollower.start(new RpcClient(rpc.url(), TIMEOUT));
  }

  @AfterEach
  void stop() {
    follower.close();
    rpc.close();
  }

  @Test
  void knowsTheLeadersOfThisEpochAndTheNext() {
    assertTrue(follower.leaders().leader(0, key));
    assertEquals(leader, Pubkey.of(key));
    assertTrue(follower.leaders().leader(127, key));
    assertFalse(follower.leaders().leader(128, key));
    assertEquals(Map.of(leader, 1_000_000_000L), follower.stakes());
  }

  @Test
  void rollsWithTheCluster() {
    rpc.slot(130);
    follower.follow();
    assertTrue(follower.leaders().leader(191, key));
    assertTrue(follower.leaders().leader(64, key), "shreds of the epoch before may be late");
    assertFalse(follower.leaders().leader(63, key));
    assertEquals(Map.of(leader, 3_000_000_000L), follower.stakes());
    assertEquals(2, follower.known().epoch());
  }

  @Test
  void keepsWhatItKnowsWhileTheNodeIsSilentAndSaysSo() {
    rpc.silent(true);
    follower.follow();
    assertTrue(follower.leaders().leader(127, key));
    ComponentStatus row = new LeadersRow(follower).status().getFirst();
    assertEquals(ComponentStatus.State.DEGRADED, row.state());
    assertTrue(row.why().contains("503"), row.why());
    rpc.silent(false);
    follower.follow();
    assertEquals(ComponentStatus.State.READY, new LeadersRow(follower).status().getFirst().state());
  }

  @Test
  void doesNotStartWithoutAnAnswer() {
    var nobody = new RpcClient(URI.create("http://127.0.0.1:1"), TIMEOUT);
    assertThrows(RpcException.class, () -> EpochFollower.start(nobody));
  }
}
