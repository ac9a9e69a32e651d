package org.vexor.linux.xdp;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// Frames that the kernel has sent and gives back (XDP_UMEM_COMPLETION_RING): u64 addresses.
public final class CompletionRing extends ConsumerRing {
  /// @param memory the mapping of the ring, or memory laid out like one
  /// @param size entries, a power of two
  public CompletionRing(MemorySegment memory, RingOffsets offsets, int size) {
    super(memory, offsets, size);
  }

  /// The address that was put on the transmit ring, of available entry `index`.
  public long address(int index) {
    return memory.get(JAVA_LONG, slot(index, Long.BYTES));
  }
}
