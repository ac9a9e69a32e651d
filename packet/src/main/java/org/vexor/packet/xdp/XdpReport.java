package org.vexor.packet.xdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vexor.linux.xdp.XdpStatistics;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.xdp.device.DeviceState;
import org.vexor.packet.xdp.device.XdpDevice;
import org.vexor.packet.xdp.device.XdpQueue;

/// Says what carries an engine's datagrams: AF_XDP, or, while that is lost, the sockets beneath.
final class XdpReport {
  private XdpReport() {}

  static BackendReport of(XdpDevice device, List<XdpQueue> queues, BackendReport beneath) {
    DeviceState state = device.state();
    var on =
        Optional.of(
            new BackendReport.Device(
                device.name(),
                device.driver(),
                queues.stream().map(XdpQueue::number).toList(),
                device.asked().label(),
                state.mode()));
    Map<String, Long> counters = counters(queues);
    if (state.carrying()) {
      return new BackendReport(
          Backend.AF_XDP,
          state.mode(),
          on,
          state.since(),
          List.of(Attempt.inUse(Backend.AF_XDP)),
          counters);
    }
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(new Attempt(Backend.AF_XDP, state.outcome(), state.remedy()));
    attempts.addAll(beneath.attempts());
    return new BackendReport(
        beneath.backend(), beneath.mode(), on, state.since(), attempts, counters);
  }

  /// As the kernel names them, summed over the queues (struct xdp_statistics).
  private static Map<String, Long> counters(List<XdpQueue> queues) {
    Map<String, Long> sum = new LinkedHashMap<>();
    for (XdpQueue queue : queues) {
      XdpStatistics s = queue.statistics();
      sum.merge("rx_dropped", s.rxDropped(), Long::sum);
      sum.merge("rx_invalid_descs", s.rxInvalidDescriptors(), Long::sum);
      sum.merge("tx_invalid_descs", s.txInvalidDescriptors(), Long::sum);
      sum.merge("rx_ring_full", s.rxRingFull(), Long::sum);
      sum.merge("rx_fill_ring_empty_descs", s.fillRingEmpty(), Long::sum);
      sum.merge("tx_ring_empty_descs", s.txRingEmpty(), Long::sum);
    }
    return sum;
  }
}
