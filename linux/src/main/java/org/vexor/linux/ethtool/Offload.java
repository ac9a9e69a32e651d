package org.vexor.linux.ethtool;

/// One feature of an interface, as `ethtool -k` lists it (ETHTOOL_GFEATURES).
///
/// @param name the kernel's: "rx-vlan-hw-parse", "rx-udp-gro-forwarding", "tx-checksum-ipv4"
/// @param active whether it is in force
/// @param changeable whether an operator can change it
public record Offload(String name, boolean active, boolean changeable) {}
