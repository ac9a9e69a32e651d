package org.vexor.linux.xdp;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.MappedMemory;

/// The rings of a socket as mapped memory: sized, found and mapped here, unmapped by close.
final class RingMappings implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final FileDescriptor file;
  private final MemorySegment offsets = arena.allocate(XdpLayouts.XDP_MMAP_OFFSETS_LAYOUT);

  /// Has the kernel make the rings. One of size 0 is left out, and stands empty in plain memory.
  RingMappings(FileDescriptor file, XdpSocketOptions options) {
    this.file = file;
    try {
      size(XdpLayouts.XDP_UMEM_FILL_RING, options.fillEntries(), "XDP_UMEM_FILL_RING");
      size(
          XdpLayouts.XDP_UMEM_COMPLETION_RING,
          options.completionEntries(),
          "XDP_UMEM_COMPLETION_RING");
      size(XdpLayouts.XDP_RX_RING, options.receiveEntries(), "XDP_RX_RING");
      size(XdpLayouts.XDP_TX_RING, options.transmitEntries(), "XDP_TX_RING");
      int known = SocketCalls.get(file, XdpLayouts.XDP_MMAP_OFFSETS, offsets, "XDP_MMAP_OFFSETS");
      if (known != offsets.byteSize()) {
        throw new UnsupportedOperationException(
            "AF_XDP needs Linux 5.4: XDP_MMAP_OFFSETS has " + known + " bytes, so no ring flags");
      }
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  FillRing fill(int entries) {
    RingOffsets at = offsets("fr");
    return new FillRing(
        map(at, entries, Long.BYTES, XdpLayouts.XDP_UMEM_PGOFF_FILL_RING), at, entries);
  }

  CompletionRing completion(int entries) {
    RingOffsets at = offsets("cr");
    return new CompletionRing(
        map(at, entries, Long.BYTES, XdpLayouts.XDP_UMEM_PGOFF_COMPLETION_RING), at, entries);
  }

  ReceiveRing receive(int entries) {
    RingOffsets at = offsets("rx");
    return new ReceiveRing(
        map(at, entries, XdpLayouts.DESCRIPTOR_BYTES, XdpLayouts.XDP_PGOFF_RX_RING), at, entries);
  }

  TransmitRing transmit(int entries) {
    RingOffsets at = offsets("tx");
    return new TransmitRing(
        map(at, entries, XdpLayouts.DESCRIPTOR_BYTES, XdpLayouts.XDP_PGOFF_TX_RING), at, entries);
  }

  private void size(int option, int entries, String what) {
    if (entries > 0) {
      SocketCalls.setInt(file, XdpLayouts.SOL_XDP, option, entries, what);
    }
  }

  private RingOffsets offsets(String ring) {
    StructLayout one = XdpLayouts.XDP_RING_OFFSET;
    long base = XdpLayouts.offset(XdpLayouts.XDP_MMAP_OFFSETS_LAYOUT, ring);
    return new RingOffsets(
        offsets.get(JAVA_LONG, base + XdpLayouts.offset(one, "producer")),
        offsets.get(JAVA_LONG, base + XdpLayouts.offset(one, "consumer")),
        offsets.get(JAVA_LONG, base + XdpLayouts.offset(one, "desc")),
        offsets.get(JAVA_LONG, base + XdpLayouts.offset(one, "flags")));
  }

  private MemorySegment map(RingOffsets at, int entries, int entryBytes, long pageOffset) {
    long bytes = at.entries() + (long) entries * entryBytes;
    return entries == 0
        ? arena.allocate(bytes, Long.BYTES)
        : MappedMemory.mapShared(arena, file, bytes, pageOffset);
  }

  @Override
  public void close() {
    arena.close();
  }
}
