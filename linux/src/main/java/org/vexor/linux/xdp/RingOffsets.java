package org.vexor.linux.xdp;

/// Where the parts of a ring lie in its mapping, in bytes; the kernel tells (XDP_MMAP_OFFSETS), and
/// kernels differ.
///
/// @param producer u32 index of who fills
/// @param consumer u32 index of who empties
/// @param entries the first entry
/// @param flags u32 with XDP_RING_NEED_WAKEUP
public record RingOffsets(long producer, long consumer, long entries, long flags) {}
