package org.vexor.linux.ethtool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.StructLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Sizes and offsets of include/uapi/linux/ethtool.h and linux/if.h; the same on x86_64 and
/// aarch64.
final class EthtoolLayoutsTest {
  private record Row(StructLayout layout, String field, long offset) {}

  @Test
  void structuresAreThoseOfTheKernel() {
    assertEquals(40, EthtoolLayouts.IFREQ.byteSize());
    assertEquals(196, EthtoolLayouts.DRVINFO.byteSize());
    assertEquals(36, EthtoolLayouts.CHANNELS.byteSize());
    assertEquals(36, EthtoolLayouts.RINGPARAM.byteSize());
    assertEquals(12, EthtoolLayouts.GSTRINGS.byteSize());
    assertEquals(8, EthtoolLayouts.GFEATURES.byteSize());
    assertEquals(16, EthtoolLayouts.FEATURES_BLOCK.byteSize());
    assertEquals(8, EthtoolLayouts.RXFH_INDIR.byteSize());
    for (Row row :
        List.of(
            new Row(EthtoolLayouts.IFREQ, "ifr_name", 0),
            new Row(EthtoolLayouts.IFREQ, "ifr_data", 16),
            new Row(EthtoolLayouts.DRVINFO, "driver", 4),
            new Row(EthtoolLayouts.DRVINFO, "version", 36),
            new Row(EthtoolLayouts.DRVINFO, "fw_version", 68),
            new Row(EthtoolLayouts.DRVINFO, "bus_info", 100),
            new Row(EthtoolLayouts.DRVINFO, "n_priv_flags", 176),
            new Row(EthtoolLayouts.CHANNELS, "max_rx", 4),
            new Row(EthtoolLayouts.CHANNELS, "max_combined", 16),
            new Row(EthtoolLayouts.CHANNELS, "rx_count", 20),
            new Row(EthtoolLayouts.CHANNELS, "tx_count", 24),
            new Row(EthtoolLayouts.CHANNELS, "combined_count", 32),
            new Row(EthtoolLayouts.RINGPARAM, "rx_max_pending", 4),
            new Row(EthtoolLayouts.RINGPARAM, "tx_max_pending", 16),
            new Row(EthtoolLayouts.RINGPARAM, "rx_pending", 20),
            new Row(EthtoolLayouts.RINGPARAM, "tx_pending", 32),
            new Row(EthtoolLayouts.SSET_INFO, "sset_mask", 8),
            new Row(EthtoolLayouts.SSET_INFO, "data", 16),
            new Row(EthtoolLayouts.GSTRINGS, "string_set", 4),
            new Row(EthtoolLayouts.GSTRINGS, "len", 8),
            new Row(EthtoolLayouts.GFEATURES, "size", 4),
            new Row(EthtoolLayouts.FEATURES_BLOCK, "active", 8),
            new Row(EthtoolLayouts.FEATURES_BLOCK, "never_changed", 12),
            new Row(EthtoolLayouts.RXFH_INDIR, "size", 4))) {
      assertEquals(row.offset, EthtoolLayouts.offset(row.layout, row.field), row::field);
    }
  }
}
