package org.vexor.packet.xdp.device;

import java.net.InetAddress;
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
final class Takings {
  private final Map<Integer, Integer> ports = new HashMap<>();
  private final Set<Integer> shownPorts = new HashSet<>();
  private final Set<InetAddress> shownAddresses = new HashSet<>();

  void add(Endpoint local, List<XdpQueue> queues) {
    ports.merge(local.port(), 1, Integer::sum);
  }

  void remove(Endpoint local, List<XdpQueue> queues) {
    ports.computeIfPresent(local.port(), (_, count) -> count == 1 ? null : count - 1);
  }

  void show(XdpFilter filter, List<OwnAddress> addresses, int interfaceIndex) {
    Set<InetAddress> ours = new HashSet<>();
    for (OwnAddress own : addresses) {
      if (own.interfaceIndex() == interfaceIndex) {
        ours.add(Endpoint.address(own.high(), own.low()));
      }
    }
    for (InetAddress address : ours) {
      if (shownAddresses.add(address)) {
        filter.addAddress(address);
      }
    }
    shownAddresses.removeIf(address -> !ours.contains(address) && filter.removeAddress(address));
    for (int port : ports.keySet()) {
      if (shownPorts.add(port)) {
        filter.openPort(port);
      }
    }
    shownPorts.removeIf(
        port -> {
          if (ports.containsKey(port)) {
            return false;
          }
          filter.closePort(port);
          return true;
        });
  }
}
