package org.vexor.linux.ethtool;

/// Which driver runs an interface (ETHTOOL_GDRVINFO).
///
/// @param driver as the kernel names it: "ixgbe", "veth"
/// @param version of the driver; in-tree ones give the kernel's
/// @param firmware of the device, as its maker writes it; often empty
/// @param bus where the device is: "0000:00:03.0"; empty for virtual ones
public record DriverInfo(String driver, String version, String firmware, String bus) {}
