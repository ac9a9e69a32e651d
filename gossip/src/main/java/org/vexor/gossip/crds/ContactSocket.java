package org.vexor.gossip.crds;

/// One socket of a contact info.
///
/// @param key what for, 0..255: a [SocketKey], or one that this version does not know
/// @param addressIndex which of the contact's addresses
/// @param port 0..65535
public record ContactSocket(int key, int addressIndex, int port) {}
