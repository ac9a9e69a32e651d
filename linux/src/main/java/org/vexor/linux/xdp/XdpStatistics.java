package org.vexor.linux.xdp;

/// What the kernel counted for one socket since it was opened (XDP_STATISTICS).
///
/// @param rxDropped packets lost for want of anything
/// @param rxInvalidDescriptors bad addresses on the fill ring: our fault
/// @param txInvalidDescriptors bad entries on the transmit ring: our fault
/// @param rxRingFull packets lost because we read too slowly
/// @param fillRingEmpty packets lost for want of a free frame; also counted in `rxDropped`
/// @param txRingEmpty times the kernel looked for packets to send and found none
public record XdpStatistics(
    long rxDropped,
    long rxInvalidDescriptors,
    long txInvalidDescriptors,
    long rxRingFull,
    long fillRingEmpty,
    long txRingEmpty) {}
