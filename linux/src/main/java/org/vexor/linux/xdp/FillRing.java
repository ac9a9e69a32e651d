package org.vexor.linux.xdp;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// Free frames for the kernel to receive into (XDP_UMEM_FILL_RING): u64 addresses.
public final class FillRing extends ProducerRing {
  /// @param memory the mapping of the ring, or memory laid out like one
  /// @param size entries, a power of two
  public FillRing(MemorySegment memory, RingOffsets offsets, int size) {
    super(memory, offsets, size);
  }

  /// Puts a frame, as byte offset in the UMEM, as entry `index` of those reserved.
  public void put(int index, long address) {
    memory.set(JAVA_LONG, slot(index, Long.BYTES), address);
  }
}
