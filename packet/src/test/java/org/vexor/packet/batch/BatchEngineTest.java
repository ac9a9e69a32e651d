package org.vexor.packet.batch;

import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.socket.SocketOwnerContract;

final class BatchEngineTest extends SocketOwnerContract {
  @Override
  protected PacketEngine engine(EngineOptions options) {
    return new BatchEngine(options);
  }
}
