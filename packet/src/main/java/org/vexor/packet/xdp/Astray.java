package org.vexor.packet.xdp;

import org.vexor.packet.Datagram;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.xdp.device.DeviceState;
import org.vexor.packet.xdp.header.HeaderWriter;

/// Notices when datagrams that should come by the rings all come by the kernel: whole ones, from
/// other hosts, while every queue of the interface is ours. Owner thread only.
final class Astray {
  /// A few may come by another interface; so many a second, and none by the rings, do not.
  private static final int MANY = 100;

  /// A reset of the NIC is over by then.
  private static final int TICKS = 4;

  private final TrafficCounters all;
  private final TrafficCounters byKernel;
  private DeviceState device;
  private long whole;
  private long wholeBefore;
  private long ringsBefore;
  private int ticks;

  /// @param all what the engine received
  /// @param byKernel what it received by the sockets beneath
  Astray(TrafficCounters all, TrafficCounters byKernel, DeviceState device) {
    this.all = all;
    this.byKernel = byKernel;
    this.device = device;
  }

  void see(DeviceState now) {
    device = now;
  }

  /// Looks at a datagram that came by the kernel.
  void look(Datagram datagram) {
    boolean fits = datagram.length() <= device.link().mtu() - HeaderWriter.headerBytes(false);
    if (fits && !device.network().isOwn(datagram.sourceHigh(), datagram.sourceLow())) {
      whole++;
    }
  }

  /// Once a second.
  ///
  /// @return whether the rings seem to be dead
  boolean tick() {
    long rings = all.received() - byKernel.received();
    boolean dead =
        device.carrying()
            && device.allQueues()
            && rings == ringsBefore
            && whole - wholeBefore >= MANY;
    ticks = dead ? ticks + 1 : 0;
    ringsBefore = rings;
    wholeBefore = whole;
    return ticks == TICKS;
  }
}
