package org.vexor.linux.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// Packets that the kernel has received (XDP_RX_RING): struct xdp_desc.
public final class ReceiveRing extends ConsumerRing {
  /// @param memory the mapping of the ring, or memory laid out like one
  /// @param size entries, a power of two
  public ReceiveRing(MemorySegment memory, RingOffsets offsets, int size) {
    super(memory, offsets, size);
  }

  /// The byte offset in the UMEM of the Ethernet header of available entry `index`; its frame
  /// ([Umem#frameOf]) is ours now and goes back by the fill ring.
  public long address(int index) {
    return memory.get(
        JAVA_LONG, slot(index, XdpLayouts.DESCRIPTOR_BYTES) + XdpLayouts.DESCRIPTOR_ADDRESS);
  }

  /// The bytes of available entry `index`.
  public int length(int index) {
    return memory.get(
        JAVA_INT, slot(index, XdpLayouts.DESCRIPTOR_BYTES) + XdpLayouts.DESCRIPTOR_LENGTH);
  }
}
