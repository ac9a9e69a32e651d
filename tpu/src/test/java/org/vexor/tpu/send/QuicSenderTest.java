package org.vexor.tpu.send;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.TpuLab;
import org.vexor.tpu.server.ServerLimits;
import org.vexor.tpu.server.TpuServer;

final class QuicSenderTest {
  private static final SenderOptions ONCE = SenderOptions.DEFAULT.withResendEvery(Duration.ZERO);

  private final TpuLab lab = new TpuLab();

  @AfterEach
  void closeAll() {
    lab.close();
  }

  private static long sum(Stream<Long> parts) {
    return parts.mapToLong(Long::longValue).sum();
  }

  /// Every account of the sender closes once nothing is under way.
  private static void assertClosed(QuicSender sender) {
    TpuLab.await("all ended", () -> sender.pending() == 0);
    SenderCounters counters = sender.counters();
    assertEquals(
        counters.submissions(Submission.ACCEPTED),
        sum(Stream.of(Ending.values()).map(counters::endings)));
    TpuLab.await(
        "attempts settled",
        () ->
            counters.queued()
                == counters.acknowledged()
                    + sum(Stream.of(LossReason.values()).map(counters::losses)));
  }

  @Test
  void everyTransactionArrivesAndIsAcknowledged() {
    TpuServer server = lab.server();
    QuicSender sender = lab.sender(ONCE, LeaderSource.NONE);
    var requests = new ArrayList<SendRequest>();
    for (int i = 0; i < 3_000; i++) {
      requests.add(lab.transfer(lab.target(server)));
    }
    requests.forEach(each -> assertEquals(Submission.ACCEPTED, sender.submit(each)));
    TpuLab.await("endings", () -> lab.told.endings(Ending.DELIVERED) == requests.size());
    assertEquals(requests.size(), lab.received.count.get());
    for (SendRequest each : requests) {
      assertArrayEquals(each.transaction(), lab.received.transactions.get(each.signature()));
    }
    assertEquals(lab.clientKey.publicKey(), lab.received.origins.peek().identity().orElseThrow());
    assertEquals(requests.size(), lab.told.sent.get());
    assertClosed(sender);
  }

  @Test
  void refusesWhatCannotBeSent() {
    TpuServer server = lab.server();
    QuicSender sender = lab.sender(ONCE, LeaderSource.NONE);
    SendRequest request = lab.transfer(lab.target(server));
    assertEquals(Submission.ACCEPTED, sender.submit(request));
    assertEquals(Submission.DUPLICATE, sender.submit(request));
    TpuLab.await("delivered", () -> lab.told.endings(Ending.DELIVERED) == 1);
    assertEquals(Submission.DUPLICATE, sender.submit(request), "also a while later");
    assertEquals(Submission.NO_TARGET, sender.submit(lab.transfer()));
    sender.slot(100);
    SendRequest old = lab.transfer(lab.target(server));
    assertEquals(
        Submission.STALE, sender.submit(SendRequest.of(old.signature(), old.transaction(), 99)));
    assertEquals(
        Submission.TOO_LARGE,
        sender.submit(SendRequest.of(old.signature(), new byte[4_097], 1_000)));
    assertEquals(
        Submission.EMPTY, sender.submit(SendRequest.of(old.signature(), new byte[0], 1_000)));
    sender.close();
    assertEquals(Submission.CLOSED, sender.submit(lab.transfer(lab.target(server))));
    assertClosed(sender);
  }

  @Test
  void sendsAgainUntilItHasLanded() {
    TpuServer server = lab.server();
    QuicSender sender =
        lab.sender(
            SenderOptions.DEFAULT.withResendEvery(Duration.ofMillis(100)),
            () -> List.of(lab.target(server)));
    SendRequest request = lab.transfer();
    assertEquals(Submission.ACCEPTED, sender.submit(request));
    TpuLab.await("three times", () -> lab.received.count.get() >= 3);
    assertTrue(sender.landed(request.signature()));
    assertEquals(Ending.LANDED, lab.told.ended.get(request.signature()));
    assertClosed(sender);
  }

  @Test
  void aSlotEndsWhatIsTooOld() {
    QuicSender sender =
        lab.sender(SenderOptions.DEFAULT, () -> List.of(silentTarget(lab.serverKey)));
    SendRequest request = lab.transfer();
    assertEquals(
        Submission.ACCEPTED,
        sender.submit(SendRequest.of(request.signature(), request.transaction(), 5)));
    sender.slot(5);
    assertEquals(1, sender.pending());
    sender.slot(6);
    assertEquals(Ending.EXPIRED, lab.told.ended.get(request.signature()));
    sender.close();
    assertClosed(sender);
  }

  private static TpuTarget silentTarget(Keypair key) {
    return new TpuTarget(
        key.publicKey(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
  }

  @Test
  void whatFindsNoConnectionIsLostWithTheReason() {
    QuicSender sender = lab.sender(ONCE.withPatience(Duration.ofMillis(300)), LeaderSource.NONE);
    SendRequest request = lab.transfer(silentTarget(lab.serverKey));
    assertEquals(Submission.ACCEPTED, sender.submit(request));
    TpuLab.await("given up", () -> lab.told.endings(Ending.UNDELIVERED) == 1);
    assertEquals(1, lab.told.losses(LossReason.NO_CONNECTION));
    assertClosed(sender);
  }

  /// No more waits for one target than may.
  @Test
  void aFullQueueLosesWhatComesLast() {
    QuicSender sender = lab.sender(ONCE.withWaiting(10), LeaderSource.NONE);
    for (int i = 0; i < 15; i++) {
      assertEquals(Submission.ACCEPTED, sender.submit(lab.transfer(silentTarget(lab.serverKey))));
    }
    assertEquals(5, lab.told.losses(LossReason.QUEUE_FULL));
    sender.close();
    assertClosed(sender);
  }

  @Test
  void aLeaderWithAnotherKeyGetsNothing() {
    TpuServer server = lab.server();
    var wrong = new TpuTarget(Keypair.generate().publicKey(), server.localAddress());
    QuicSender sender = lab.sender(ONCE.withPatience(Duration.ofMillis(500)), LeaderSource.NONE);
    assertEquals(Submission.ACCEPTED, sender.submit(lab.transfer(wrong)));
    TpuLab.await("given up", () -> lab.told.losses(LossReason.NO_CONNECTION) == 1);
    assertEquals(0, lab.received.count.get());
    assertTrue(lab.told.details.peek().contains("HANDSHAKE_FAILED"), lab.told.details::peek);
  }

  @Test
  void aLeaderWithARandomCertificateIsServedWhereThePolicySaysSo() {
    TpuServer server = lab.server();
    var random = new TpuTarget(Keypair.generate().publicKey(), server.localAddress());
    QuicSender sender = lab.sender(ONCE.withAnyCertificate(random::equals), LeaderSource.NONE);
    assertEquals(Submission.ACCEPTED, sender.submit(lab.transfer(random)));
    TpuLab.await("delivered", () -> lab.told.endings(Ending.DELIVERED) == 1);
  }

  /// What was under way with a leader that went away is sent to it again when it is back.
  @Test
  void goesOnWhenALeaderIsBack() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    TpuServer first = lab.server(address, ServerLimits.DEFAULT, true);
    QuicSender sender = lab.sender(ONCE.withPatience(Duration.ofSeconds(20)), LeaderSource.NONE);
    assertEquals(Submission.ACCEPTED, sender.submit(lab.transfer(lab.target(first))));
    TpuLab.await("delivered", () -> lab.told.endings(Ending.DELIVERED) == 1);
    first.close();
    assertEquals(Submission.ACCEPTED, sender.submit(lab.transfer(lab.target(first))));
    TpuServer second = lab.server(address, ServerLimits.DEFAULT, true);
    TpuLab.await("delivered again", () -> lab.told.endings(Ending.DELIVERED) == 2);
    assertEquals(1, second.connections());
    assertEquals(2, lab.received.count.get());
    assertClosed(sender);
  }

  private static int freePort() throws Exception {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void connectionsAreOpenedAhead() {
    TpuServer server = lab.server();
    QuicSender sender = lab.sender(ONCE, LeaderSource.NONE);
    sender.warm(List.of(lab.target(server)));
    TpuLab.await("a client", () -> server.connections() == 1);
    assertEquals(0, lab.received.count.get());
  }
}
