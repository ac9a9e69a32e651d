package org.vexor.node.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.node.status.ComponentStatus.State;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.report.EngineStatus;
import org.vexor.packet.report.Rates;

final class BackendRowsTest {
  private static EngineStatus status(Backend inUse, Attempt... attempts) {
    return new EngineStatus(
        List.of(Endpoint.loopback(9004)),
        new BackendReport(
            inUse,
            "a mode",
            Optional.of(new BackendReport.Device("v0", "veth", List.of(0), "auto", "native, copy")),
            Instant.EPOCH,
            List.of(attempts),
            Map.of("rx_ring_full", 4L)),
        "6.18",
        new EngineStatus.Totals(10, 1000, 0, 0),
        Map.of(DropReason.RECEIVE_NO_FRAME, 3L),
        Optional.of(new Rates(1, 10, 8000, 0, 0, 0)),
        Optional.of(new Rates(60, 20, 9000, 0, 0, 0)));
  }

  private static List<ComponentStatus> rows(EngineStatus status) {
    return new BackendRows(() -> status).status();
  }

  @Test
  void theOneInUseIsReadyAndTheWorseOnesWait() {
    List<ComponentStatus> rows =
        rows(
            status(
                Backend.AF_XDP,
                Attempt.inUse(Backend.AF_XDP),
                new Attempt(Backend.IO_URING, "switched off", "sysctl -w x=0")));
    assertEquals(List.of("AF_XDP", "io_uring", "UDP"), names(rows));
    assertEquals(State.READY, rows.get(0).state());
    assertTrue(rows.get(0).why().startsWith("v0, native, copy"), rows.get(0).why());
    assertEquals(10.0, rows.get(0).figures().get("last_second_received_packets_per_second"));
    assertEquals(3L, rows.get(0).figures().get("dropped_receive_no_frame"));
    assertEquals(4L, rows.get(0).figures().get("kernel_rx_ring_full"));
    assertEquals("switched off", rows.get(1).why());
    assertEquals(State.OFF, rows.get(2).state());
    assertEquals("AF_XDP does its work", rows.get(2).why());
    assertEquals("", rows.get(2).action());
  }

  @Test
  void aBetterOneIsOffForItsReasonWithItsRemedy() {
    List<ComponentStatus> rows =
        rows(
            status(
                Backend.UDP,
                new Attempt(Backend.AF_XDP, "lacks CAP_NET_RAW", "sudo setcap ..."),
                new Attempt(Backend.IO_URING, "too old", ""),
                Attempt.inUse(Backend.UDP)));
    assertEquals(State.OFF, rows.get(0).state());
    assertEquals("lacks CAP_NET_RAW", rows.get(0).why());
    assertEquals("sudo setcap ...", rows.get(0).action());
    assertEquals(State.READY, rows.get(2).state());
    assertTrue(rows.get(2).why().startsWith("a mode, since"), rows.get(2).why());
  }

  @Test
  void theDocumentAndTheTableSayTheSame() throws Exception {
    EngineStatus status =
        status(
            Backend.IO_URING,
            new Attempt(Backend.AF_XDP, "interface v0 is down", "ip link set dev v0 up"),
            Attempt.inUse(Backend.IO_URING));
    var components = new Components();
    components.add(new BackendRows(() -> status));
    components.add(
        () -> List.of(new ComponentStatus("gossip", State.DEGRADED, "few peers", "7 peers", "")));
    JsonNode json =
        new ObjectMapper().readTree(new StatusDocument("1.2", components, () -> status).get());
    assertEquals(4, json.path("components").size());
    assertEquals("off", json.path("components").path(0).path("state").asText());
    assertEquals("io_uring", json.path("engine").path("backend").asText());
    assertEquals(
        8000.0,
        json.path("engine").path("last_second").path("received_bits_per_second").asDouble());
    assertEquals(60, json.path("engine").path("last_minute").path("seconds").asInt());
    List<String> lines = StatusTable.of(json).lines().toList();
    assertTrue(lines.get(0).startsWith("vexor 1.2, process "), lines.get(0));
    assertTrue(lines.get(3).matches("AF_XDP +off +- +interface v0 is down"), lines.get(3));
    assertEquals("  action required: ip link set dev v0 up", lines.get(4));
    assertTrue(lines.get(5).matches("io_uring +ready +in 10 packets/s.*"), lines.get(5));
    assertTrue(lines.get(7).matches("gossip +degraded +7 peers +few peers"), lines.get(7));
  }

  private static List<String> names(List<ComponentStatus> rows) {
    return rows.stream().map(ComponentStatus::component).toList();
  }
}
