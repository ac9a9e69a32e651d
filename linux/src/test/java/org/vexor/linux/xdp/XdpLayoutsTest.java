package org.vexor.linux.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.StructLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Sizes and offsets of include/uapi/linux/if_xdp.h; the same on x86_64 and aarch64.
final class XdpLayoutsTest {
  private record Row(StructLayout layout, String field, long offset) {}

  @Test
  void structuresAreThoseOfTheKernel() {
    assertEquals(16, XdpLayouts.SOCKADDR_XDP.byteSize());
    assertEquals(32, XdpLayouts.XDP_UMEM_REG_LAYOUT.byteSize());
    assertEquals(32, XdpLayouts.XDP_RING_OFFSET.byteSize());
    assertEquals(128, XdpLayouts.XDP_MMAP_OFFSETS_LAYOUT.byteSize());
    assertEquals(16, XdpLayouts.XDP_DESC.byteSize());
    assertEquals(48, XdpLayouts.XDP_STATISTICS_LAYOUT.byteSize());
    for (Row row :
        List.of(
            new Row(XdpLayouts.SOCKADDR_XDP, "sxdp_family", 0),
            new Row(XdpLayouts.SOCKADDR_XDP, "sxdp_flags", 2),
            new Row(XdpLayouts.SOCKADDR_XDP, "sxdp_ifindex", 4),
            new Row(XdpLayouts.SOCKADDR_XDP, "sxdp_queue_id", 8),
            new Row(XdpLayouts.SOCKADDR_XDP, "sxdp_shared_umem_fd", 12),
            new Row(XdpLayouts.XDP_UMEM_REG_LAYOUT, "addr", 0),
            new Row(XdpLayouts.XDP_UMEM_REG_LAYOUT, "len", 8),
            new Row(XdpLayouts.XDP_UMEM_REG_LAYOUT, "chunk_size", 16),
            new Row(XdpLayouts.XDP_UMEM_REG_LAYOUT, "headroom", 20),
            new Row(XdpLayouts.XDP_UMEM_REG_LAYOUT, "flags", 24),
            new Row(XdpLayouts.XDP_UMEM_REG_LAYOUT, "tx_metadata_len", 28),
            new Row(XdpLayouts.XDP_RING_OFFSET, "producer", 0),
            new Row(XdpLayouts.XDP_RING_OFFSET, "consumer", 8),
            new Row(XdpLayouts.XDP_RING_OFFSET, "desc", 16),
            new Row(XdpLayouts.XDP_RING_OFFSET, "flags", 24),
            new Row(XdpLayouts.XDP_MMAP_OFFSETS_LAYOUT, "rx", 0),
            new Row(XdpLayouts.XDP_MMAP_OFFSETS_LAYOUT, "tx", 32),
            new Row(XdpLayouts.XDP_MMAP_OFFSETS_LAYOUT, "fr", 64),
            new Row(XdpLayouts.XDP_MMAP_OFFSETS_LAYOUT, "cr", 96),
            new Row(XdpLayouts.XDP_DESC, "addr", 0),
            new Row(XdpLayouts.XDP_DESC, "len", 8),
            new Row(XdpLayouts.XDP_DESC, "options", 12),
            new Row(XdpLayouts.XDP_STATISTICS_LAYOUT, "rx_ring_full", 24),
            new Row(XdpLayouts.XDP_STATISTICS_LAYOUT, "rx_fill_ring_empty_descs", 32))) {
      assertEquals(row.offset, XdpLayouts.offset(row.layout, row.field), row::field);
    }
  }

  @Test
  void sizesThatTheKernelWouldRefuseAreRefusedWithAReason() {
    assertThrows(
        IllegalArgumentException.class, () -> new XdpSocketOptions(4096, 2048, 1000, 64, 64, 64));
    assertThrows(
        IllegalArgumentException.class, () -> new XdpSocketOptions(64, 2048, 64, 64, 64, 64));
    assertThrows(
        IllegalArgumentException.class, () -> new XdpSocketOptions(4096, 1024, 64, 64, 64, 64));
    assertThrows(
        IllegalArgumentException.class, () -> new XdpSocketOptions(4096, 2048, 64, 64, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new XdpSocketOptions(4096, 2048, 64, 32, 64, 64));
  }
}
