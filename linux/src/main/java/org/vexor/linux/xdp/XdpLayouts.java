package org.vexor.linux.xdp;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;

/// Structures and numbers of AF_XDP, kernel names kept; from include/uapi/linux/if_xdp.h, the same
/// on x86_64 and aarch64.
final class XdpLayouts {
  static final int AF_XDP = 44;
  static final int SOL_XDP = 283;

  static final int XDP_MMAP_OFFSETS = 1;
  static final int XDP_RX_RING = 2;
  static final int XDP_TX_RING = 3;
  static final int XDP_UMEM_REG = 4;
  static final int XDP_UMEM_FILL_RING = 5;
  static final int XDP_UMEM_COMPLETION_RING = 6;
  static final int XDP_STATISTICS = 7;
  static final int XDP_OPTIONS = 8;
  static final int XDP_MAX_TX_SKB_BUDGET = 9; // since about 6.17

  static final int XDP_USE_NEED_WAKEUP = 8;
  static final int XDP_OPTIONS_ZEROCOPY = 1;

  static final long XDP_PGOFF_RX_RING = 0;
  static final long XDP_PGOFF_TX_RING = 0x8000_0000L;
  static final long XDP_UMEM_PGOFF_FILL_RING = 0x1_0000_0000L;
  static final long XDP_UMEM_PGOFF_COMPLETION_RING = 0x1_8000_0000L;

  static final StructLayout SOCKADDR_XDP =
      MemoryLayout.structLayout(
          JAVA_SHORT.withName("sxdp_family"),
          JAVA_SHORT.withName("sxdp_flags"),
          JAVA_INT.withName("sxdp_ifindex"),
          JAVA_INT.withName("sxdp_queue_id"),
          JAVA_INT.withName("sxdp_shared_umem_fd"));

  static final StructLayout XDP_UMEM_REG_LAYOUT =
      MemoryLayout.structLayout(
          JAVA_LONG.withName("addr"),
          JAVA_LONG.withName("len"),
          JAVA_INT.withName("chunk_size"),
          JAVA_INT.withName("headroom"),
          JAVA_INT.withName("flags"),
          JAVA_INT.withName("tx_metadata_len"));

  static final StructLayout XDP_RING_OFFSET =
      MemoryLayout.structLayout(
          JAVA_LONG.withName("producer"),
          JAVA_LONG.withName("consumer"),
          JAVA_LONG.withName("desc"),
          JAVA_LONG.withName("flags"));

  static final StructLayout XDP_MMAP_OFFSETS_LAYOUT =
      MemoryLayout.structLayout(
          XDP_RING_OFFSET.withName("rx"),
          XDP_RING_OFFSET.withName("tx"),
          XDP_RING_OFFSET.withName("fr"),
          XDP_RING_OFFSET.withName("cr"));

  static final StructLayout XDP_DESC =
      MemoryLayout.structLayout(
          JAVA_LONG.withName("addr"), JAVA_INT.withName("len"), JAVA_INT.withName("options"));

  static final StructLayout XDP_STATISTICS_LAYOUT =
      MemoryLayout.structLayout(
          JAVA_LONG.withName("rx_dropped"),
          JAVA_LONG.withName("rx_invalid_descs"),
          JAVA_LONG.withName("tx_invalid_descs"),
          JAVA_LONG.withName("rx_ring_full"),
          JAVA_LONG.withName("rx_fill_ring_empty_descs"),
          JAVA_LONG.withName("tx_ring_empty_descs"));

  // As numbers for the rings, which must not look up names for each packet.
  static final int DESCRIPTOR_BYTES = (int) XDP_DESC.byteSize();
  static final long DESCRIPTOR_ADDRESS = offset(XDP_DESC, "addr");
  static final long DESCRIPTOR_LENGTH = offset(XDP_DESC, "len");
  static final long DESCRIPTOR_OPTIONS = offset(XDP_DESC, "options");

  private XdpLayouts() {}

  static long offset(StructLayout layout, String field) {
    return layout.byteOffset(groupElement(field));
  }
}
