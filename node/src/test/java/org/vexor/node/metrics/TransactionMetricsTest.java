package org.vexor.node.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.history.Sighting;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.tpu.send.TpuTarget;

final class TransactionMetricsTest {
  private static final long MS = 1_000_000;

  private final AtomicLong nowNs = new AtomicLong(1);
  private final TpuTarget leader =
      new TpuTarget(
          Keypair.generate().publicKey(),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 8009));
  private final TransactionHistory history =
      new TransactionHistory(
          16, nowNs::get, () -> 5, _ -> Optional.of(leader.identity()), HistoryListener.NONE);

  private static Signature signature(int number) {
    byte[] bytes = new byte[Signature.LENGTH];
    bytes[0] = (byte) number;
    return Signature.of(bytes);
  }

  private void send(int number) {
    Signature signature = signature(number);
    history.accepted(signature);
    history.queued(signature, leader);
    history.sent(signature, leader, 0);
    nowNs.addAndGet(20 * MS);
    history.acknowledged(signature, leader, 20 * MS);
  }

  @Test
  void tellHowEachLeaderServedUs() {
    for (int i = 0; i < 4; i++) {
      send(i);
    }
    nowNs.addAndGet(700 * MS);
    history.seen(
        signature(3), new Sighting(5, Sighting.Via.TURBINE, nowNs.get(), Optional.empty()));
    List<String> lines = new TransactionMetrics(history).get().lines().toList();
    String key = "leader=\"" + leader.identity() + "\"";
    for (String line :
        List.of(
            "vexor_transaction_steps_total{step=\"accepted\"} 4",
            "vexor_transaction_steps_total{step=\"seen\"} 1",
            "vexor_transactions_open 3",
            "vexor_leader_transactions_total{" + key + ",what=\"sent\"} 4",
            "vexor_leader_transactions_total{" + key + ",what=\"landed\"} 1",
            "vexor_leader_landing_ratio{" + key + "} 0.25",
            "# TYPE vexor_leader_acknowledge_seconds histogram",
            "vexor_leader_acknowledge_seconds_bucket{" + key + ",le=\"0.01\"} 0",
            "vexor_leader_acknowledge_seconds_bucket{" + key + ",le=\"0.025\"} 4",
            "vexor_leader_acknowledge_seconds_bucket{" + key + ",le=\"+Inf\"} 4",
            "vexor_leader_acknowledge_seconds_count{" + key + "} 4",
            "vexor_leader_landing_seconds_bucket{" + key + ",le=\"0.5\"} 0",
            "vexor_leader_landing_seconds_bucket{" + key + ",le=\"1.0\"} 1")) {
      assertTrue(lines.contains(line), () -> line + " is not in " + lines);
    }
  }
}
