package org.vexor.packet.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortException;
import org.vexor.packet.channel.ChannelEngine;

final class LadderTest {
  private static final Selection AUTO = Selection.automatic(Endpoint.loopback(0));

  private final List<Backend> opened = new ArrayList<>();

  /// Opens sockets under another name, or fails.
  private Candidate works(Backend backend) {
    return new Fake(backend, true);
  }

  private Candidate fails(Backend backend) {
    return new Fake(backend, false);
  }

  private final class Fake implements Candidate {
    private final Backend backend;
    private final boolean works;

    Fake(Backend backend, boolean works) {
      this.backend = backend;
      this.works = works;
    }

    @Override
    public Backend backend() {
      return backend;
    }

    @Override
    public Prospect prospect(Selection selection) {
      return works
          ? new Prospect.Open(backend, "memory")
          : new Prospect.Closed(backend, "no " + backend, "buy " + backend);
    }

    @Override
    public Opened open(Selection selection) {
      opened.add(backend);
      if (!works) {
        throw new PortException("no " + backend, "buy " + backend);
      }
      return new Opened(new ChannelEngine(selection.engine()));
    }
  }

  @Test
  void theFirstThatOpensIsUsedAndThoseBeforeAreTold() {
    Ladder ladder =
        new Ladder(List.of(fails(Backend.AF_XDP), fails(Backend.IO_URING), works(Backend.UDP)));
    try (PacketEngine engine = ladder.open(AUTO)) {
      assertEquals(
          List.of(
              new Attempt(Backend.AF_XDP, "no AF_XDP", "buy AF_XDP"),
              new Attempt(Backend.IO_URING, "no IO_URING", "buy IO_URING"),
              Attempt.inUse(Backend.UDP)),
          engine.report().attempts());
    }
  }

  @Test
  void whatIsWorseThanTheOneInUseIsNotTried() {
    Ladder ladder = new Ladder(List.of(works(Backend.IO_URING), works(Backend.UDP)));
    ladder.open(AUTO).close();
    assertEquals(List.of(Backend.IO_URING), opened);
  }

  @Test
  void aBackendAskedForIsTheOnlyOneTried() {
    Ladder ladder =
        new Ladder(List.of(works(Backend.AF_XDP), fails(Backend.IO_URING), works(Backend.UDP)));
    PortException refused =
        assertThrows(
            PortException.class, () -> ladder.open(AUTO.withWanted(Wanted.IO_URING)).close());
    assertEquals("io_uring cannot be used: no IO_URING", refused.outcome());
    assertEquals("buy IO_URING", refused.remedy());
    assertEquals(List.of(Backend.IO_URING), opened);
    try (PacketEngine engine = ladder.open(AUTO.withWanted(Wanted.UDP))) {
      assertEquals("not tried, udp was asked for", engine.report().attempts().getFirst().outcome());
    }
  }

  @Test
  void aSecondWayToTheSameBackendIsToldAfterTheFirst() {
    Ladder ladder = new Ladder(List.of(fails(Backend.UDP), works(Backend.UDP)));
    try (PacketEngine engine = ladder.open(AUTO)) {
      assertEquals(
          List.of(new Attempt(Backend.UDP, "no UDP", "buy UDP"), Attempt.inUse(Backend.UDP)),
          engine.report().attempts());
    }
  }

  /// An engine that has lost AF_XDP says so itself: its word counts, not what held at the start.
  @Test
  void theReportFollowsTheEngineWhileItRuns() {
    var changing =
        new Object() {
          BackendReport now =
              new BackendReport(
                  Backend.AF_XDP, "native", Instant.EPOCH, List.of(Attempt.inUse(Backend.AF_XDP)));
        };
    try (PacketEngine inner = new ChannelEngine(EngineOptions.DEFAULT);
        PacketEngine engine =
            new SelectedEngine(
                new ReportingEngine(inner, () -> changing.now),
                List.of(new Attempt(Backend.IO_URING, "EPERM", "sysctl")))) {
      assertEquals(Backend.AF_XDP, engine.report().backend());
      var lost = new Attempt(Backend.AF_XDP, "link down", "ip link set dev v0 up");
      changing.now =
          new BackendReport(
              Backend.UDP,
              "recvmmsg",
              Instant.EPOCH.plusSeconds(9),
              List.of(lost, Attempt.inUse(Backend.UDP)));
      BackendReport report = engine.report();
      assertEquals(Backend.UDP, report.backend());
      assertEquals(Instant.EPOCH.plusSeconds(9), report.since());
      assertEquals(
          List.of(
              lost, new Attempt(Backend.IO_URING, "EPERM", "sysctl"), Attempt.inUse(Backend.UDP)),
          report.attempts());
    }
  }

  @Test
  void prospectsAreOfWhatWouldBeTried() {
    Ladder ladder = new Ladder(List.of(fails(Backend.AF_XDP), works(Backend.UDP)));
    assertEquals(
        List.of(
            new Prospect.Closed(Backend.AF_XDP, "no AF_XDP", "buy AF_XDP"),
            new Prospect.Open(Backend.UDP, "memory")),
        ladder.prospects(AUTO));
    assertEquals(
        List.of(new Prospect.Open(Backend.UDP, "memory")),
        ladder.prospects(AUTO.withWanted(Wanted.UDP)));
    assertEquals(List.of(), opened);
  }
}
