package org.vexor.packet.xdp.device;

import java.util.List;

/// Which modes are tried for a driver, in order.
final class ModePolicy {
  private ModePolicy() {}

  static List<ModePlan> plans(DeviceMode asked) {
    return switch (asked) {
      case ZERO_COPY -> List.of(ModePlan.NATIVE_ZERO_COPY);
      case NATIVE -> List.of(ModePlan.NATIVE_COPY);
      case GENERIC -> List.of(ModePlan.GENERIC_COPY);
      case AUTO -> List.of(ModePlan.NATIVE_COPY, ModePlan.GENERIC_COPY);
    };
  }
}
