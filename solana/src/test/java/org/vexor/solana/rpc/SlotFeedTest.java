package org.vexor.solana.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// What needs no node; that slots are heard is tested against a localnet's JSON-RPC.
final class SlotFeedTest {
  private static final long PATIENCE_NS = 20_000_000_000L;

  @Test
  void theWebSocketIsOnTheNextPortOrTheSameWhereNoneIsNamed() {
    assertEquals(
        URI.create("ws://127.0.0.1:8900"), SlotFeed.besides(URI.create("http://127.0.0.1:8899")));
    assertEquals(
        URI.create("wss://node.example.org/?key=k"),
        SlotFeed.besides(URI.create("https://node.example.org/?key=k")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SlotFeed(URI.create("http://127.0.0.1:1"), slot -> {}).close());
  }

  @Test
  void aNodeThatDoesNotListenIsNamedAndTriedAgainAfterAPause() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    try (SlotFeed feed = new SlotFeed(URI.create("ws://127.0.0.1:" + port), slot -> {})) {
      assertEquals(1, feed.doWork(0), "connects");
      long startNs = System.nanoTime();
      while (feed.trouble().isEmpty() && System.nanoTime() - startNs < PATIENCE_NS) {
        feed.doWork(5);
        LockSupport.parkNanos(1_000_000);
      }
      assertTrue(feed.trouble().orElseThrow().startsWith("ws://127.0.0.1:" + port + ": "));
      assertEquals(0, feed.doWork(999_999_999), "pauses");
      assertEquals(1, feed.doWork(1_000_000_005), "connects again");
      assertEquals(0, feed.heard());
    }
  }
}
