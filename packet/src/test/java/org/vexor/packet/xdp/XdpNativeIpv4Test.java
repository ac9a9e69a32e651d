package org.vexor.packet.xdp;

import org.vexor.packet.xdp.device.DeviceMode;

final class XdpNativeIpv4Test extends XdpPacketPortContract {
  XdpNativeIpv4Test() {
    super(DeviceMode.NATIVE, false);
  }
}
