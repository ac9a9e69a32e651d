package org.vexor.packet.xdp.device;

import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetworkSnapshot;

/// What is true of a device now; a new one is published at each change.
///
/// @param version counts the states of the device
/// @param network what the kernel knows of the network
/// @param link the interface, as last seen
/// @param attachment which attachment of the program this is; sessions of another are to be given
///   up
/// @param carrying whether frames can be sent and received
/// @param outcome why not; empty when they can
/// @param remedy what mends it; empty when nothing but waiting does
public record DeviceState(
    long version,
    NetworkSnapshot network,
    Link link,
    int attachment,
    boolean carrying,
    String outcome,
    String remedy) {}
