package org.vexor.packet.xdp;

import org.vexor.packet.xdp.device.DeviceMode;

final class XdpGenericIpv6Test extends XdpPacketPortContract {
  XdpGenericIpv6Test() {
    super(DeviceMode.GENERIC, true);
  }
}
