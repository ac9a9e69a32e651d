package org.vexor.packet.xdp.device;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vexor.linux.netlink.OwnAddress;
import org.vexor.linux.xdp.program.XdpFilter;
import org.vexor.packet.Endpoint;

/// Which datagrams are to be taken past the kernel, and what of that a filter was told. Guarded by
/// its device.
///
/// A port that is bound to no address is open on each that the interface has, as they come and go;
/// one that is bound to an address only on that, and only while the interface has it.
final class Takings {
  private record Opening(Endpoint local, int queue) {}

  /// How many ports (of engines that share a number) want each.
  private final Map<Opening, Integer> wanted = new HashMap<>();

  private Set<Opening> shown = new HashSet<>();

  void add(Endpoint local, List<XdpQueue> queues) {
    queues.forEach(queue -> wanted.merge(new Opening(local, queue.number()), 1, Integer::sum));
  }

  void remove(Endpoint local, List<XdpQueue> queues) {
    for (XdpQueue queue : queues) {
      var opening = new Opening(local, queue.number());
      int left = wanted.getOrDefault(opening, 0) - 1;
      if (left > 0) {
        wanted.put(opening, left);
      } else {
        wanted.remove(opening);
      }
    }
  }

  /// A new filter knows nothing yet.
  void forget() {
    shown = new HashSet<>();
  }

  /// Has the filter take what is wanted, and no more.
  ///
  /// @throws org.vexor.linux.KernelException E2BIG when that is more than it can hold
  void show(XdpFilter filter, List<OwnAddress> addresses, int interfaceIndex) {
    Set<Opening> due = new HashSet<>();
    for (OwnAddress own : addresses) {
      if (own.interfaceIndex() == interfaceIndex) {
        for (Opening opening : wanted.keySet()) {
          var there = new Endpoint(own.high(), own.low(), opening.local.port());
          boolean any = opening.local.isAnyLocal() && opening.local.isIpv4() == there.isIpv4();
          if (any || opening.local.equals(there)) {
            due.add(new Opening(there, opening.queue));
          }
        }
      }
    }
    for (Opening gone : shown) {
      if (!due.contains(gone)) {
        boolean _ = filter.close(gone.local.address(), gone.local.port(), gone.queue);
      }
    }
    shown.retainAll(due);
    for (Opening fresh : due) {
      if (!shown.contains(fresh)) {
        filter.open(fresh.local.address(), fresh.local.port(), fresh.queue);
        shown.add(fresh);
      }
    }
  }
}
