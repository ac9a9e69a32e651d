package org.vexor.packet.xdp;

import org.vexor.packet.xdp.device.DeviceMode;

final class XdpGenericIpv4Test extends XdpPacketPortContract {
  XdpGenericIpv4Test() {
    super(DeviceMode.GENERIC, false);
  }
}
