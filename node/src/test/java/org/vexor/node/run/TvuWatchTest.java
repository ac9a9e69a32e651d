package org.vexor.node.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.memory.MemoryNetwork;
import org.vexor.solana.Pubkey;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockChecks;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.tvu.TvuReceiver;
import org.vexor.turbine.verify.SlotLeaders;

final class TvuWatchTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private final long[] nowNs = {0};
  private final MemoryNetwork network = new MemoryNetwork(1, () -> nowNs[0]);
  private final PacketEngine senders = network.engine(EngineOptions.DEFAULT);
  private final PacketPort sender =
      senders.open(PortOptions.bind(Endpoint.parse("10.0.0.1:1")), (_, _) -> {});
  private final StringWriter blocks = new StringWriter();
  private final TvuReceiver receiver =
      new TvuReceiver(
          new TvuReceiver.Wiring(
              network.engine(EngineOptions.DEFAULT),
              PortOptions.bind(Endpoint.parse("10.0.0.2:9004")),
              1,
              SlotLeaders.always(Pubkey.of(new byte[Pubkey.LENGTH])),
              (_, _, _, _, _, _, _) -> true,
              AssemblerOptions.live(BlockChecks.NONE),
              () -> nowNs[0],
              new BlockEvents(new PrintWriter(blocks), false),
              ShredSink.NONE));
  private final StringWriter said = new StringWriter();
  private final List<BackendReport> changes = new ArrayList<>();
  private final TvuWatch watch =
      new TvuWatch(receiver, () -> nowNs[0], new PrintWriter(said), changes::add);

  @AfterEach
  void close() {
    receiver.onClose();
    senders.close();
  }

  private void second(int datagrams) {
    for (int i = 0; i < datagrams; i++) {
      MemorySegment bytes = MemorySegment.ofArray(new byte[125]);
      assertTrue(sender.send(bytes, 0, 125, receiver.port().localEndpoint()));
    }
    senders.doWork();
    receiver.doWork();
    nowNs[0] += SECOND_NS;
    watch.tick();
  }

  @Test
  void saysTheMeasuredRateEveryTenSeconds() {
    for (int i = 0; i < 25; i++) {
      second(i < 10 ? 100 : 40);
    }
    assertEquals(
        List.of(
            "TVU 100 packets/s, 0.1 Mbit/s, dropped 0 in 10 s, blocks complete 0",
            "TVU 40 packets/s, 0.0 Mbit/s, dropped 0 in 10 s, blocks complete 0"),
        said.toString().lines().toList());
    assertEquals(40, watch.status().lastSecond().orElseThrow().receivedPackets());
    assertEquals((10 * 100 + 15 * 40) / 25.0, minute(), 1e-9);
  }

  private double minute() {
    return watch.status().lastMinute().orElseThrow().receivedPackets();
  }

  @Test
  void theFirstLineNamesTheBackend() {
    watch.announce();
    assertEquals("TVU started with memory", said.toString().lines().findFirst().orElse(""));
    assertTrue(said.toString().contains("  port          10.0.0.2:9004"), said::toString);
    assertEquals(1, changes.size());
  }

  @Test
  void aChangeOfBackendIsSeenOnceAndSaysWhy() {
    var attempts = List.of(Attempt.inUse(Backend.AF_XDP));
    var first = new BackendReport(Backend.AF_XDP, "native, copy", Instant.EPOCH, attempts);
    var lost =
        new BackendReport(
            Backend.UDP,
            "recvmmsg/sendmmsg",
            Instant.EPOCH,
            List.of(
                new Attempt(Backend.AF_XDP, "interface v0 is down", "ip link set dev v0 up"),
                Attempt.inUse(Backend.UDP)));
    var now = new BackendReport[] {first};
    var backend = new BackendWatch(() -> now[0]);
    assertEquals(Optional.empty(), backend.change());
    now[0] = lost;
    assertEquals(Optional.of(lost), backend.change());
    assertEquals(Optional.empty(), backend.change());
    assertEquals(
        "TVU now on UDP (recvmmsg/sendmmsg): not AF_XDP, interface v0 is down; to mend: ip link set"
            + " dev v0 up",
        TvuText.change(lost));
    now[0] = first;
    assertEquals(
        "TVU now on AF_XDP (native, copy)", TvuText.change(backend.change().orElseThrow()));
  }
}
