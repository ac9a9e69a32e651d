package org.vexor.packet.xdp.device;

import java.util.List;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;

/// The modes that a device may be used in, and which of them is tried now. Guarded by its
/// supervisor.
final class Plans {
  private final List<ModePlan> plans;
  private int current;

  Plans(List<ModePlan> plans) {
    this.plans = List.copyOf(plans);
  }

  ModePlan current() {
    return plans.get(current);
  }

  /// Goes to the next mode if the refusal means that the driver cannot do what was asked, but could
  /// do less; from the last to the first again.
  ///
  /// @return whether there is one that was not tried since the first
  boolean fallBack(KernelException refused) {
    boolean other =
        switch (refused.errno()) {
          case Errno.EOPNOTSUPP, Errno.ERANGE, Errno.EINVAL -> true;
          default -> false;
        };
    if (!other) {
      return false;
    }
    current = (current + 1) % plans.size();
    return current > 0;
  }
}
