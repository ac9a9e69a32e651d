package org.vexor.node.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.quic.path.RoutePolicy;

/// Sockets that stand for a tunnel.
final class FakeProxy implements ProxyPath {
  private final RoutePolicy policy;
  private final BooleanSupplier usable;
  private final List<PacketEngine> engines = new ArrayList<>();

  FakeProxy(RoutePolicy policy, BooleanSupplier usable) {
    this.policy = policy;
    this.usable = usable;
  }

  /// Those that were asked for.
  List<PacketEngine> engines() {
    return engines;
  }

  @Override
  public String name() {
    return "tunnel";
  }

  @Override
  public boolean isUsable() {
    return usable.getAsBoolean();
  }

  @Override
  public RoutePolicy policy() {
    return policy;
  }

  @Override
  public PacketEngine engine(EngineOptions options) {
    var engine = new ChannelEngine(options);
    engines.add(engine);
    return engine;
  }
}
