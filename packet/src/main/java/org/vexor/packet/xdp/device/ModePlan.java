package org.vexor.packet.xdp.device;

import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.xdp.BindMode;

/// One way to use an interface.
///
/// @param attach where the program runs
/// @param bind who copies
public record ModePlan(XdpMode attach, BindMode bind) {
  static final ModePlan NATIVE_ZERO_COPY = new ModePlan(XdpMode.NATIVE, BindMode.ZERO_COPY);
  static final ModePlan NATIVE_COPY = new ModePlan(XdpMode.NATIVE, BindMode.COPY);
  static final ModePlan GENERIC_COPY = new ModePlan(XdpMode.GENERIC, BindMode.COPY);
}
