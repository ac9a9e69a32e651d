package org.vexor.packet.uring;

import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.socket.SocketOwnerContract;

final class UringEngineTest extends SocketOwnerContract {
  @Override
  protected PacketEngine engine(EngineOptions options) {
    return Uring.engine(options);
  }
}
