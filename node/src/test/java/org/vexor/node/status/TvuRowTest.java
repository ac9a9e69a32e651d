package org.vexor.node.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.node.run.BlockEvents;
import org.vexor.node.status.ComponentStatus.State;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortOptions;
import org.vexor.packet.memory.MemoryNetwork;
import org.vexor.packet.report.EngineStatus;
import org.vexor.packet.report.Rates;
import org.vexor.solana.Pubkey;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockChecks;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.tvu.TvuReceiver;
import org.vexor.turbine.verify.SlotLeaders;

final class TvuRowTest {
  private final TvuReceiver receiver =
      new TvuReceiver(
          new TvuReceiver.Wiring(
              new MemoryNetwork(1, () -> 0).engine(EngineOptions.DEFAULT),
              PortOptions.bind(Endpoint.parse("10.0.0.2:9004")),
              1,
              SlotLeaders.always(Pubkey.of(new byte[Pubkey.LENGTH])),
              (_, _, _, _, _, _, _) -> true,
              AssemblerOptions.live(BlockChecks.NONE),
              () -> 0,
              new BlockEvents(new PrintWriter(Writer.nullWriter()), false),
              ShredSink.NONE));

  private EngineStatus now = status(0, Backend.AF_XDP, Attempt.inUse(Backend.AF_XDP));
  private final TvuRow row = new TvuRow(receiver, () -> now);

  @AfterEach
  void close() {
    receiver.onClose();
  }

  private static EngineStatus status(double drops, Backend inUse, Attempt... attempts) {
    var rates = new Rates(1, 10, 8000, 0, 0, drops);
    return new EngineStatus(
        List.of(),
        new BackendReport(inUse, "mode", Instant.EPOCH, List.of(attempts)),
        "6.18",
        new EngineStatus.Totals(0, 0, 0, 0),
        Map.of(),
        Optional.of(rates),
        Optional.of(rates));
  }

  private ComponentStatus ask() {
    return row.status().getFirst();
  }

  @Test
  void readyOnWhatItStartedWith() {
    assertEquals(State.READY, ask().state());
    assertEquals("port 10.0.0.2:9004 on AF_XDP", ask().why());
    assertEquals("10 packets/s, 0.0 Mbit/s, blocks complete 0", ask().performance());
  }

  @Test
  void degradedWhileWhatItStartedWithIsLost() {
    now =
        status(
            0,
            Backend.IO_URING,
            new Attempt(Backend.AF_XDP, "interface v0 is down", "ip link set dev v0 up"),
            Attempt.inUse(Backend.IO_URING));
    assertEquals(State.DEGRADED, ask().state());
    assertTrue(ask().why().endsWith("AF_XDP was lost: interface v0 is down"), ask().why());
    assertEquals("ip link set dev v0 up", ask().action());
    now = status(0, Backend.AF_XDP, Attempt.inUse(Backend.AF_XDP));
    assertEquals(State.READY, ask().state());
  }

  @Test
  void degradedWhileDatagramsAreLost() {
    now = status(2.5, Backend.AF_XDP, Attempt.inUse(Backend.AF_XDP));
    assertEquals(State.DEGRADED, ask().state());
    assertTrue(ask().why().contains("2.5 datagrams/s lost"), ask().why());
  }
}
