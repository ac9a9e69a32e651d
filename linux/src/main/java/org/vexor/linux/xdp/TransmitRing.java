package org.vexor.linux.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// Packets for the kernel to send (XDP_TX_RING): struct xdp_desc.
public final class TransmitRing extends ProducerRing {
  /// @param memory the mapping of the ring, or memory laid out like one
  /// @param size entries, a power of two
  public TransmitRing(MemorySegment memory, RingOffsets offsets, int size) {
    super(memory, offsets, size);
  }

  /// Puts a packet as entry `index` of those reserved. Its frame is the kernel's until it comes
  /// back on the completion ring.
  ///
  /// @param address byte offset in the UMEM of the Ethernet header; anywhere in a frame
  /// @param length bytes from there, within the frame and the MTU plus header (longer ones are
  ///   completed but never sent)
  public void put(int index, long address, int length) {
    long slot = slot(index, XdpLayouts.DESCRIPTOR_BYTES);
    memory.set(JAVA_LONG, slot + XdpLayouts.DESCRIPTOR_ADDRESS, address);
    memory.set(JAVA_INT, slot + XdpLayouts.DESCRIPTOR_LENGTH, length);
    memory.set(JAVA_INT, slot + XdpLayouts.DESCRIPTOR_OPTIONS, 0);
  }
}
