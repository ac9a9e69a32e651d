package org.vexor.packet.memory;

import org.vexor.packet.Backend;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPortContract;

final class MemoryPacketPortTest extends PacketPortContract {
  private final MemoryNetwork network = new MemoryNetwork(1);

  @Override
  protected PacketEngine nearEngine(EngineOptions options) {
    return network.engine(options);
  }

  @Override
  protected PacketEngine farEngine(EngineOptions options) {
    return network.engine(options);
  }

  @Override
  protected Endpoint nearAddress() {
    return Endpoint.parse("10.0.0.1:0");
  }

  @Override
  protected Endpoint farAddress() {
    return Endpoint.parse("10.0.0.2:0");
  }

  @Override
  protected Backend backend() {
    return Backend.MEMORY;
  }
}
