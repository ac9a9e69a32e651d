package org.vexor.packet.xdp;

import org.vexor.packet.xdp.device.DeviceMode;

final class XdpNativeIpv6Test extends XdpPacketPortContract {
  XdpNativeIpv6Test() {
    super(DeviceMode.NATIVE, true);
  }
}
