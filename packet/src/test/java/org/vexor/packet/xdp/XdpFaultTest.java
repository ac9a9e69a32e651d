package org.vexor.packet.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.linux.bpf.AttachedXdp;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;
import org.vexor.testkit.net.VirtualHosts.Host;

/// What happens to AF_XDP while it runs: ports stay, datagrams go on as far as they can, the report
/// says how it is, and AF_XDP comes back by itself.
@RequiresRoot
final class XdpFaultTest {
  @Test
  void aLinkThatGoesDownAndUpIsWaitedFor() {
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      Endpoint nearAddress =
          XdpLab.endpoint(lab.hosts().left().ipv4(), near.localEndpoint().port());
      lab.exchange(near, "before", far.localEndpoint());
      for (Host end : new Host[] {lab.hosts().left(), lab.hosts().right()}) {
        end.ip("link", "set", "v0", "down");
        lab.await(() -> !carries(lab), "down at " + end.namespace());
        BackendReport report = lab.xdp().report();
        assertEquals(Backend.UDP, report.backend());
        String outcome = report.attempts().getFirst().outcome();
        assertTrue(outcome.contains("v0"), outcome);
        assertFalse(report.attempts().getFirst().remedy().isEmpty());
        end.ip("link", "set", "v0", "up");
        lab.await(() -> carries(lab), "up at " + end.namespace());
        lab.exchange(near, "forth " + end.namespace(), far.localEndpoint());
        lab.exchange(far, "back " + end.namespace(), nearAddress);
      }
    }
  }

  @Test
  void aDeviceThatIsDeletedAndMadeAnewIsTakenUpAgain() {
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far("0.0.0.0", 0);
      Endpoint farAddress = XdpLab.endpoint(lab.hosts().right().ipv4(), far.localEndpoint().port());
      Endpoint nearAddress =
          XdpLab.endpoint(lab.hosts().left().ipv4(), near.localEndpoint().port());
      lab.exchange(near, "before", farAddress);
      lab.exchange(far, "answer", nearAddress);
      lab.hosts().cut();
      lab.await(() -> !carries(lab), "the device is gone");
      assertEquals("interface v0 is gone", lab.xdp().report().attempts().getFirst().outcome());
      lab.hosts().join();
      lab.await(() -> carries(lab), "the device is back");
      assertTrue(near.isOpen());
      lab.exchange(near, "forth", farAddress);
      lab.exchange(far, "back", nearAddress);
      long byKernel = lab.beneath().counters().received();
      lab.exchange(far, "by the rings", nearAddress);
      assertEquals(byKernel, lab.beneath().counters().received());
    }
  }

  @Test
  void aProgramThatIsDetachedIsAttachedAgain() {
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      Endpoint nearAddress =
          XdpLab.endpoint(lab.hosts().left().ipv4(), near.localEndpoint().port());
      lab.exchange(near, "before", far.localEndpoint());
      ForeignProgram.detachAny(lab.hosts().left());
      long byKernel = lab.beneath().counters().received();
      lab.exchange(far, "by the kernel", nearAddress);
      assertEquals(byKernel + 1, lab.beneath().counters().received());
      lab.await(
          () -> {
            int _ = lab.beneath().doWork();
            long before = lab.beneath().counters().received();
            lab.exchange(far, "again " + System.nanoTime(), nearAddress);
            return lab.beneath().counters().received() == before;
          },
          "the program is back");
      lab.await(() -> carries(lab), "that is told");
    }
  }

  @Test
  void anInterfaceThatIsDownAtTheStartIsTakenUpWhenItComesUp() {
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE, host -> host.ip("link", "set", "v0", "down"))) {
      BackendReport.Attempt waiting = lab.xdp().report().attempts().getFirst();
      assertEquals("interface v0 is down", waiting.outcome());
      assertEquals("ip link set dev v0 up", waiting.remedy());
      lab.hosts().left().ip("link", "set", "v0", "up");
      lab.await(() -> carries(lab), "it is up");
    }
  }

  @Test
  void anothersProgramInOurPlaceIsNotFoughtAgainst() {
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      lab.exchange(near, "before", far.localEndpoint());
      ForeignProgram.detachAny(lab.hosts().left());
      try (ForeignProgram foreign = ForeignProgram.attach(lab.hosts().left(), XdpMode.NATIVE)) {
        lab.await(() -> !carries(lab), "the loss is noticed");
        lab.await(
            () ->
                lab.xdp()
                    .report()
                    .attempts()
                    .getFirst()
                    .outcome()
                    .contains("program id " + foreign.id()),
            "whose it is");
        lab.exchange(near, "forth by sockets", far.localEndpoint());
        lab.exchange(far, "back", lab.at(lab.hosts().left().ipv4(), near));
      }
      lab.await(() -> carries(lab), "it is gone");
    }
  }

  @Test
  void whatNobodyConfirmsIsDetachedUntilSomebodyDoes() {
    try (XdpLab lab =
        new XdpLab(
            VirtualHosts.Options.standard(),
            options -> options.withMode(DeviceMode.NATIVE).withConfirmation(1),
            XdpLab.FRAMES)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      Endpoint to = lab.at(lab.hosts().left().ipv4(), near);
      lab.exchange(far, "before", to);
      assertEquals(0, lab.beneath().counters().received());
      lab.await(() -> !carries(lab), "nobody confirms");
      BackendReport.Attempt attempt = lab.xdp().report().attempts().getFirst();
      assertTrue(attempt.outcome().contains("nobody confirmed within 1 s"), attempt.outcome());
      int index = lab.hosts().left().interfaceIndex();
      assertTrue(XdpLab.in(lab.hosts().left(), () -> AttachedXdp.query(index)).isEmpty());
      lab.exchange(far, "meanwhile", to);
      lab.xdp().confirm();
      lab.await(() -> carries(lab), "confirmed");
      lab.exchange(far, "after", to);
      assertEquals(1, lab.beneath().counters().received());
    }
  }

  @Test
  void ringsThatGetNothingOfWhatComesAreMadeAnew() {
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      Endpoint to = lab.at(lab.hosts().left().ipv4(), near);
      lab.exchange(far, "before", to);
      ForeignProgram.emptySlot(lab.hosts().left());
      lab.await(
          () -> {
            XdpLab.send(far, "by the kernel", to);
            lab.exchange(far, "look " + System.nanoTime(), to);
            long rings = near.counters().received() - XdpLab.byKernel(near).received();
            return rings > 1;
          },
          "the rings get some again");
      assertTrue(XdpLab.byKernel(near).received() > 0);
      assertEquals(
          near.counters().received(), lab.received().size(), "none is lost, none comes twice");
    }
  }

  @Test
  void anEngineThatSleepsHoldsUpNoOther() {
    try (XdpLab lab =
        new XdpLab(
            VirtualHosts.Options.standard().withQueues(2),
            options -> options.withMode(DeviceMode.NATIVE),
            XdpLab.FRAMES)) {
      XdpOptions other = XdpLab.rings().withMode(DeviceMode.NATIVE).withQueues(List.of(1));
      XdpEngine sleeping =
          XdpLab.in(
              lab.hosts().left(),
              () -> XdpEngine.open(other, new BatchEngine(XdpLab.FRAMES), XdpLab.FRAMES));
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far("0.0.0.0", 0);
      lab.hosts().cut();
      lab.await(() -> !carries(lab), "the device is gone");
      lab.hosts().join();
      lab.await(() -> carries(lab), "the device is back");
      lab.exchange(near, "forth", lab.at(lab.hosts().right().ipv4(), far));
      lab.exchange(far, "back", lab.at(lab.hosts().left().ipv4(), near));
      XdpEngine woken = lab.with(sleeping);
      PacketPort second = XdpLab.in(lab.hosts().left(), () -> lab.open(woken, "0.0.0.0", 0));
      lab.await(
          () -> {
            // Flows of many ports, so that some come by the second queue.
            PacketPort flow = lab.far(lab.hosts().right().ipv4(), 0);
            lab.exchange(
                flow, "flow " + flow.localEndpoint(), lab.at(lab.hosts().left().ipv4(), second));
            return second.counters().received() > XdpLab.byKernel(second).received();
          },
          "its queue is back as well");
    }
  }

  private static boolean carries(XdpLab lab) {
    return lab.xdp().report().backend() == Backend.AF_XDP;
  }
}
