package org.vexor.packet.uring;

import org.vexor.packet.Backend;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPortContract;

final class UringPacketPortIpv6Test extends PacketPortContract {
  @Override
  protected PacketEngine nearEngine(EngineOptions options) {
    return Uring.engine(options);
  }

  @Override
  protected PacketEngine farEngine(EngineOptions options) {
    return Uring.engine(options);
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
    return Backend.IO_URING;
  }
}
