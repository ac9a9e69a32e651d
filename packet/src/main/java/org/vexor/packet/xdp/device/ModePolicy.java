package org.vexor.packet.xdp.device;

import java.util.List;
import java.util.Optional;
import org.vexor.linux.KernelException;
import org.vexor.linux.ethtool.DriverInfo;
import org.vexor.linux.ethtool.Ethtool;
import org.vexor.linux.netlink.NetdevFeatures;

/// Which modes are tried for a driver, in order.
///
/// Zero-copy is taken unasked only where it has proven itself, since elsewhere hosts froze (ixgbe),
/// panicked (ice) or flapped their links; native mode wherever the driver says that it redirects.
final class ModePolicy {
  /// The first kernel whose mlx5 numbers zero-copy queues like the others.
  private static final int MLX5_MAJOR = 6;

  private static final int MLX5_MINOR = 1;

  private ModePolicy() {}

  /// The name of an interface's driver; empty when it does not say.
  static String driver(String name) {
    try (Ethtool ethtool = Ethtool.open()) {
      return ethtool.driver(name).map(DriverInfo::driver).orElse("");
    } catch (KernelException e) {
      // Not told, as to a process without the right; the driver is then an unknown one.
      return "";
    }
  }

  static List<ModePlan> plans(DeviceMode asked, String driver, int interfaceIndex) {
    return switch (asked) {
      case ZERO_COPY -> List.of(ModePlan.NATIVE_ZERO_COPY);
      case NATIVE -> List.of(ModePlan.NATIVE_COPY);
      case GENERIC -> List.of(ModePlan.GENERIC_COPY);
      case AUTO ->
          automatic(driver, System.getProperty("os.version", ""), features(interfaceIndex));
    };
  }

  static List<ModePlan> automatic(String driver, String kernel, Optional<NetdevFeatures> features) {
    if (features.isPresent() && !features.get().hasRedirect()) {
      return List.of(ModePlan.GENERIC_COPY);
    }
    if (driver.equals("mlx5_core") && isAtLeast(kernel, MLX5_MAJOR, MLX5_MINOR)) {
      return List.of(ModePlan.NATIVE_ZERO_COPY, ModePlan.NATIVE_COPY, ModePlan.GENERIC_COPY);
    }
    return List.of(ModePlan.NATIVE_COPY, ModePlan.GENERIC_COPY);
  }

  private static Optional<NetdevFeatures> features(int interfaceIndex) {
    try {
      return NetdevFeatures.of(interfaceIndex);
    } catch (KernelException e) {
      return Optional.empty();
    }
  }

  /// Whether a version such as `6.1.0-13-amd64` is that of `major.minor` or later.
  static boolean isAtLeast(String version, int major, int minor) {
    String[] parts = version.split("[^0-9]+", 3);
    if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      return false;
    }
    int first = Integer.parseInt(parts[0]);
    return first > major || (first == major && Integer.parseInt(parts[1]) >= minor);
  }
}
