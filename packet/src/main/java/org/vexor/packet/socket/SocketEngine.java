package org.vexor.packet.socket;

import java.util.List;
import org.vexor.linux.FileDescriptor;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;

/// An engine whose ports are kernel sockets, and what another engine needs to be built around it: a
/// backend that takes a device's packets past the kernel keeps one beneath, which holds the port
/// numbers, receives what the kernel still gets, and sends what only the kernel can.
public interface SocketEngine extends PacketEngine {
  /// As [PacketEngine#open].
  ///
  /// @param alsoCounted take every count of the port; of the same owner
  /// @throws PortException when the address cannot be bound
  PacketPort open(PortOptions options, DatagramHandler handler, TrafficCounters... alsoCounted);

  @Override
  default PacketPort open(PortOptions options, DatagramHandler handler) {
    return open(options, handler, new TrafficCounters[0]);
  }

  /// From now on [#await] ends also when one of these can be read. They stay the caller's, who
  /// replaces the list before closing one. Owner; allocates.
  void alsoAwait(List<FileDescriptor> descriptors);
}
