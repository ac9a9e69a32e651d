package org.vexor.packet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.BackendReport.Device;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;

final class EngineStatusTest {
  private static EngineStatus status(BackendReport report) {
    return new EngineStatus(
        List.of(Endpoint.parse("0.0.0.0:9004")),
        report,
        "6.18.0",
        new EngineStatus.Totals(1, 2, 3, 4),
        Map.of(DropReason.RECEIVE_TRUNCATED, 5L),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void namesTheDeviceAndWhatWasObtained() {
    var device = new Device("v0", "veth", List.of(0, 1), "auto", "native, copy");
    var report =
        new BackendReport(
            Backend.AF_XDP,
            "native, copy",
            Optional.of(device),
            Instant.EPOCH,
            List.of(
                Attempt.inUse(Backend.AF_XDP),
                new Attempt(Backend.IO_URING, "switched off", "sysctl")),
            Map.of());
    assertEquals(
        """
          port          0.0.0.0:9004
          interface     v0, queues 0, 1
          mode          native, copy (asked for: auto)
          driver        veth, kernel 6.18.0
        """,
        status(report).toText());
  }

  @Test
  void saysWhyNothingBetterIsUsedAndWhatMendsIt() {
    var report =
        new BackendReport(
            Backend.UDP,
            "recvmmsg/sendmmsg",
            Instant.EPOCH,
            List.of(
                new Attempt(Backend.AF_XDP, "no CAP_NET_RAW", "setcap it"),
                new Attempt(Backend.IO_URING, "too old", ""),
                Attempt.inUse(Backend.UDP)));
    assertEquals(
        """
          port          0.0.0.0:9004
          interface     any, by the kernel's sockets
          mode          recvmmsg/sendmmsg
          driver        none, kernel 6.18.0
          not AF_XDP    no CAP_NET_RAW
          to mend       setcap it
          not io_uring  too old
        """,
        status(report).toText());
  }
}
