package org.vexor.packet.xdp;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.socket.SocketEngineContract;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// What the sockets beneath promise holds through the AF_XDP engine as well: here ports are bound
/// to the loopback, so every datagram goes by the kernel.
@RequiresRoot
final class XdpOverSocketsTest extends SocketEngineContract {
  private final VirtualHosts hosts =
      VirtualHosts.create("packet-xdp", VirtualHosts.Options.standard().withQueues(2));
  private int engines;

  /// An extension, because those run after the engines are closed.
  @RegisterExtension final AfterEachCallback removal = _ -> hosts.close();

  @Override
  protected PacketEngine engine(EngineOptions options) {
    try (var _ = NetworkNamespace.enter(hosts.left().path())) {
      XdpOptions xdp =
          XdpOptions.on("v0")
              .withMode(DeviceMode.NATIVE)
              .withQueues(java.util.List.of(engines++ % 2))
              .withRings(64, 64, 64);
      PacketEngine engine = XdpEngine.open(xdp, new BatchEngine(options), options);
      return new VisitingEngine(engine, hosts.left().path());
    }
  }
}
