package org.vexor.packet.xdp;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.Backend;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPortContract;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.socket.SocketEngine;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// The contract with AF_XDP at both ends of a cable.
@RequiresRoot
abstract class XdpPacketPortContract extends PacketPortContract {
  private final VirtualHosts hosts = VirtualHosts.create("packet-xdp");
  private final DeviceMode mode;
  private final boolean ipv6;

  XdpPacketPortContract(DeviceMode mode, boolean ipv6) {
    this.mode = mode;
    this.ipv6 = ipv6;
  }

  /// An extension, because those run after the contract has closed its engines.
  @RegisterExtension final AfterEachCallback removal = _ -> hosts.close();

  @Override
  protected PacketEngine nearEngine(EngineOptions options) {
    return engine(hosts.left(), options);
  }

  @Override
  protected PacketEngine farEngine(EngineOptions options) {
    return engine(hosts.right(), options);
  }

  private PacketEngine engine(VirtualHosts.Host host, EngineOptions options) {
    try (var _ = NetworkNamespace.enter(host.path())) {
      XdpOptions xdp = XdpOptions.on(host.interfaceName()).withMode(mode).withRings(64, 64, 64);
      PacketEngine engine = XdpEngine.open(xdp, beneath(options), options);
      return new VisitingEngine(engine, host.path());
    }
  }

  /// What the engine is built around.
  SocketEngine beneath(EngineOptions options) {
    return new BatchEngine(options);
  }

  @Override
  protected Endpoint nearAddress() {
    return address(hosts.left());
  }

  @Override
  protected Endpoint farAddress() {
    return address(hosts.right());
  }

  private Endpoint address(VirtualHosts.Host host) {
    return Endpoint.parse(ipv6 ? "[" + host.ipv6() + "]:0" : host.ipv4() + ":0");
  }

  @Override
  protected Backend backend() {
    return Backend.AF_XDP;
  }
}
