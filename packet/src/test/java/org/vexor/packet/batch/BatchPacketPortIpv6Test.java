package org.vexor.packet.batch;

import org.vexor.packet.Backend;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPortContract;

final class BatchPacketPortIpv6Test extends PacketPortContract {
  @Override
  protected PacketEngine nearEngine(EngineOptions options) {
    return new BatchEngine(options);
  }

  @Override
  protected PacketEngine farEngine(EngineOptions options) {
    return new BatchEngine(options);
  }

  @Override
  protected Endpoint nearAddress() {
    return Endpoint.parse("[::1]:0");
  }

  @Override
  protected Endpoint farAddress() {
    return Endpoint.parse("[::1]:0");
  }

  @Override
  protected Backend backend() {
    return Backend.UDP;
  }
}
