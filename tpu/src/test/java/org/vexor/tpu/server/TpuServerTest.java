package org.vexor.tpu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.TpuLab;
import org.vexor.tpu.send.Ending;
import org.vexor.tpu.send.LeaderSource;
import org.vexor.tpu.send.LossReason;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.Submission;

final class TpuServerTest {
  private static final SenderOptions ONCE = SenderOptions.DEFAULT.withResendEvery(Duration.ZERO);

  private final TpuLab lab = new TpuLab();

  @AfterEach
  void closeAll() {
    lab.close();
  }

  private TpuServer server(ServerLimits limits, boolean staked) {
    return lab.server(TpuLab.anyPort(), limits, staked);
  }

  /// 200 a second in windows of a tenth: 60 take at least two further windows.
  @Test
  void aClientWithoutStakeIsHeldToItsRate() {
    TpuServer server = server(ServerLimits.DEFAULT, false);
    QuicSender sender = lab.sender(ONCE, LeaderSource.NONE);
    sender.warm(List.of(lab.target(server)));
    TpuLab.await("a client", () -> server.connections() == 1);
    long beganNs = System.nanoTime();
    for (int i = 0; i < 60; i++) {
      assertEquals(Submission.ACCEPTED, sender.submit(lab.transfer(lab.target(server))));
    }
    TpuLab.await("all of them", () -> lab.received.count.get() == 60);
    long took = System.nanoTime() - beganNs;
    assertTrue(took >= Quota.WINDOW_NS, () -> "took " + took + " ns");
    assertTrue(server.counters().count(ServerEvent.THROTTLED) >= 2);
    assertEquals(1, server.counters().count(ServerEvent.UNSTAKED));
    assertEquals(0, lab.received.origins.peek().stake());
  }

  @Test
  void connectionsOfOneAddressAreCounted() {
    TpuServer server = server(ServerLimits.DEFAULT.withConnectionsOfOne(1, 1), false);
    QuicSender first = lab.sender(ONCE, LeaderSource.NONE);
    first.warm(List.of(lab.target(server)));
    TpuLab.await("a client", () -> server.connections() == 1);
    QuicSender second =
        lab.sender(
            Keypair.generate(), ONCE.withPatience(Duration.ofMillis(600)), LeaderSource.NONE);
    assertEquals(Submission.ACCEPTED, second.submit(lab.transfer(lab.target(server))));
    TpuLab.await("turned away", () -> server.counters().count(ServerEvent.TOO_MANY) == 1);
    TpuLab.await("given up", () -> lab.told.ended.size() == 1);
    assertEquals(1, lab.told.endings(Ending.UNDELIVERED));
    assertTrue(
        lab.told.details.stream().anyMatch(each -> each.contains("too_many")),
        lab.told.details::toString);
    assertEquals(1, server.counters().count(ServerEvent.TOO_MANY), "it keeps away for a while");
  }

  @Test
  void nobodyWithoutStakeIsServedWhereTheLimitSaysSo() {
    TpuServer server = server(ServerLimits.DEFAULT.withConnections(10, 0), false);
    QuicSender sender = lab.sender(ONCE.withPatience(Duration.ofMillis(600)), LeaderSource.NONE);
    assertEquals(Submission.ACCEPTED, sender.submit(lab.transfer(lab.target(server))));
    TpuLab.await("given up", () -> lab.told.ended.size() == 1);
    assertEquals(1, server.counters().count(ServerEvent.DISALLOWED));
    assertEquals(0, lab.received.count.get());
  }

  /// Close code 5: what was under way is not sent there again.
  @Test
  void aTransactionThatIsTooLargeEndsItsConnection() {
    TpuServer server = server(ServerLimits.DEFAULT, true);
    QuicSender sender = lab.sender(ONCE, LeaderSource.NONE);
    SendRequest small = lab.transfer(lab.target(server));
    var large =
        new SendRequest(
            small.signature(),
            new byte[ServerLimits.DEFAULT.transactionBytes() + 1],
            SendRequest.NO_LIMIT,
            small.priority(),
            small.targets());
    assertEquals(Submission.ACCEPTED, sender.submit(large));
    TpuLab.await("an outcome", () -> lab.told.ended.size() == 1);
    assertEquals(1, server.counters().count(ServerEvent.TOO_LARGE));
    assertEquals(
        1,
        lab.told.losses(LossReason.INVALID)
            + lab.told.losses(LossReason.STOPPED)
            + lab.told.endings(Ending.DELIVERED));
    TpuLab.await("ended", () -> server.counters().count(ServerEvent.ENDED) == 1);
  }

  @Test
  void takesTransactionsOfVersionOneWhereItMay() {
    TpuServer server = server(ServerLimits.DEFAULT.withTransactionBytes(4_096), true);
    QuicSender sender = lab.sender(ONCE, LeaderSource.NONE);
    SendRequest small = lab.transfer(lab.target(server));
    byte[] large = new byte[4_096];
    large[4_095] = 1;
    assertEquals(
        Submission.ACCEPTED,
        sender.submit(
            new SendRequest(
                small.signature(),
                large,
                SendRequest.NO_LIMIT,
                small.priority(),
                small.targets())));
    TpuLab.await("delivered", () -> lab.told.endings(Ending.DELIVERED) == 1);
    assertEquals(4_096, server.counters().bytes());
  }
}
