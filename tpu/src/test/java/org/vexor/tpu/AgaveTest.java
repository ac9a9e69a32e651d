package org.vexor.tpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Pubkey;
import org.vexor.testkit.AgavePeer;
import org.vexor.tpu.send.Ending;
import org.vexor.tpu.send.LeaderSource;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.Submission;
import org.vexor.tpu.send.TpuTarget;
import org.vexor.tpu.server.ServerEvent;
import org.vexor.tpu.server.ServerLimits;
import org.vexor.tpu.server.TpuServer;

/// Into Agave's streamer, and its client into our server.
@Tag("peer")
final class AgaveTest {
  private static final SenderOptions ONCE =
      SenderOptions.DEFAULT.withResendEvery(Duration.ZERO).withPatience(Duration.ofSeconds(20));
  private static final int PER_SECOND = 2_000;

  private final TpuLab lab = new TpuLab();

  @AfterEach
  void closeAll() {
    lab.close();
  }

  private record Server(AgavePeer peer, TpuTarget target) {
    private static Server start(int port, int seconds, String... more) throws Exception {
      var arguments = new ArrayList<String>();
      arguments.addAll(List.of("--bind", "127.0.0.1:" + port, "--seconds", "" + seconds));
      arguments.addAll(List.of("--unique", "--max-connections-per-minute", "1000"));
      arguments.addAll(List.of(more));
      AgavePeer peer = AgavePeer.start("tpu-server", arguments.toArray(String[]::new));
      Pubkey identity = Pubkey.fromBase58(AgavePeer.field(peer.await("listening"), "identity"));
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      return new Server(peer, new TpuTarget(identity, address));
    }

    private void assertHasAll(int transactions, long bytes) throws Exception {
      String all = peer.await("\"final\"");
      assertEquals("" + transactions, AgavePeer.field(all, "unique"), all);
      assertEquals("" + bytes, AgavePeer.field(all, "bytes"), all);
    }
  }

  private static int freePort() throws Exception {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String allStake() {
    return lab.clientKey.publicKey() + "=1000000000";
  }

  private List<SendRequest> transfers(int count, TpuTarget target) {
    var transfers = new ArrayList<SendRequest>();
    for (int i = 0; i < count; i++) {
      transfers.add(lab.transfer(target));
    }
    return transfers;
  }

  private static void send(QuicSender sender, List<SendRequest> transfers, int perSecond) {
    long beganNs = System.nanoTime();
    for (int i = 0; i < transfers.size(); i++) {
      assertEquals(Submission.ACCEPTED, sender.submit(transfers.get(i)));
      long dueNs = beganNs + i * (1_000_000_000L / perSecond);
      while (System.nanoTime() < dueNs) {
        LockSupport.parkNanos(dueNs - System.nanoTime());
      }
    }
  }

  private static long bytes(List<SendRequest> transfers) {
    return transfers.stream().mapToLong(each -> each.transaction().length).sum();
  }

  @Test
  void everyTransactionOfAStakedClientArrives() throws Exception {
    Server server = Server.start(freePort(), 4, "--stake", allStake());
    try (var _ = server.peer()) {
      List<SendRequest> transfers = transfers(4_000, server.target());
      send(lab.sender(ONCE, LeaderSource.NONE), transfers, PER_SECOND);
      TpuLab.await("all", () -> lab.told.endings(Ending.DELIVERED) == transfers.size());
      server.assertHasAll(transfers.size(), bytes(transfers));
    }
  }

  /// Without stake Agave reads 200 a second of them; the rest waits for streams.
  @Test
  void everyTransactionOfAnUnstakedClientArrivesInTheEnd() throws Exception {
    Server server = Server.start(freePort(), 5);
    try (var _ = server.peer()) {
      List<SendRequest> transfers = transfers(500, server.target());
      send(lab.sender(ONCE, LeaderSource.NONE), transfers, PER_SECOND);
      TpuLab.await("all", () -> lab.told.endings(Ending.DELIVERED) == transfers.size());
      server.assertHasAll(transfers.size(), bytes(transfers));
    }
  }

  @Test
  void goesOnAfterItsRestart() throws Exception {
    int port = freePort();
    QuicSender sender = lab.sender(ONCE.withSilence(Duration.ofSeconds(1)), LeaderSource.NONE);
    Server first = Server.start(port, 20, "--stake", allStake());
    List<SendRequest> before = transfers(100, first.target());
    try (var _ = first.peer()) {
      send(sender, before, PER_SECOND);
      TpuLab.await("before", () -> lab.told.endings(Ending.DELIVERED) == before.size());
      first.peer().kill();
    }
    List<SendRequest> after = transfers(100, first.target());
    send(sender, after, PER_SECOND);
    Server second = Server.start(port, 5, "--stake", allStake());
    try (var _ = second.peer()) {
      TpuLab.await(
          "after", () -> lab.told.endings(Ending.DELIVERED) == before.size() + after.size());
      second.assertHasAll(after.size(), bytes(after));
    }
  }

  /// A second connection of a key that may have one is closed with code 4.
  @Test
  void keepsAwayWhereItsConnectionsAreTooMany() throws Exception {
    Server server =
        Server.start(freePort(), 3, "--stake", allStake(), "--max-connections-per-peer", "1");
    try (var _ = server.peer()) {
      List<SendRequest> transfers = transfers(2, server.target());
      QuicSender first = lab.sender(ONCE, LeaderSource.NONE);
      assertEquals(Submission.ACCEPTED, first.submit(transfers.getFirst()));
      TpuLab.await("the first", () -> lab.told.endings(Ending.DELIVERED) == 1);
      QuicSender second = lab.sender(ONCE.withPatience(Duration.ofMillis(800)), LeaderSource.NONE);
      assertEquals(Submission.ACCEPTED, second.submit(transfers.getLast()));
      TpuLab.await("the second", () -> lab.told.endings(Ending.UNDELIVERED) == 1);
      assertTrue(
          lab.told.details.stream().anyMatch(each -> each.contains("too_many")),
          lab.told.details::toString);
      server.assertHasAll(1, transfers.getFirst().transaction().length);
    }
  }

  @Test
  void itsClientDeliversAllToOurServer() throws Exception {
    TpuServer server =
        lab.server(TpuLab.anyPort(), ServerLimits.DEFAULT.withRates(500_000, 10_000), false);
    try (AgavePeer client =
        AgavePeer.start(
            "tpu-client",
            "--target",
            "127.0.0.1:" + server.localAddress().getPort(),
            "--rate",
            "" + PER_SECOND,
            "--count",
            "2000",
            "--seconds",
            "10")) {
      String end = client.await("\"final\"");
      assertEquals("2000", AgavePeer.field(end, "sent"), end);
      TpuLab.await("all", () -> lab.received.count.get() == 2_000);
      assertEquals(2_000, lab.received.transactions.size());
      assertEquals(2_000, server.counters().count(ServerEvent.RECEIVED));
      assertTrue(lab.received.transactions.values().stream().allMatch(each -> each.length == 215));
    }
  }
}
