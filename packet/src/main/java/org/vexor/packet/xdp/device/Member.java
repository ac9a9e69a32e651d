package org.vexor.packet.xdp.device;

import java.util.List;

/// An engine that uses a device.
///
/// @param wake ends its sleep, when there is something for it to look at
record Member(List<XdpQueue> queues, Runnable wake) {
  Member {
    queues = List.copyOf(queues);
  }
}
