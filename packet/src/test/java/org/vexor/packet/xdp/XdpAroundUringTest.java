package org.vexor.packet.xdp;

import org.vexor.packet.EngineOptions;
import org.vexor.packet.socket.SocketEngine;
import org.vexor.packet.uring.UringEngine;
import org.vexor.packet.xdp.device.DeviceMode;

final class XdpAroundUringTest extends XdpPacketPortContract {
  XdpAroundUringTest() {
    super(DeviceMode.NATIVE, false);
  }

  @Override
  SocketEngine beneath(EngineOptions options) {
    return new UringEngine(options);
  }
}
