package org.vexor.linux.ethtool;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;

/// Structures and numbers of ethtool, kernel names kept; from include/uapi/linux/ethtool.h and
/// linux/if.h, the same on x86_64 and aarch64.
final class EthtoolLayouts {
  static final int SIOCETHTOOL = 0x8946;
  static final int IFNAMSIZ = 16;

  static final int ETHTOOL_GDRVINFO = 0x03;
  static final int ETHTOOL_GRINGPARAM = 0x10;
  static final int ETHTOOL_SRINGPARAM = 0x11;
  static final int ETHTOOL_GSTRINGS = 0x1b;
  static final int ETHTOOL_GSSET_INFO = 0x37;
  static final int ETHTOOL_GRXFHINDIR = 0x38;
  static final int ETHTOOL_GFEATURES = 0x3a;
  static final int ETHTOOL_GCHANNELS = 0x3c;
  static final int ETHTOOL_SCHANNELS = 0x3d;

  static final int ETH_SS_FEATURES = 4;
  static final int ETH_GSTRING_LEN = 32;

  static final StructLayout IFREQ =
      MemoryLayout.structLayout(
          sequenceLayout(IFNAMSIZ, JAVA_BYTE).withName("ifr_name"),
          JAVA_LONG.withName("ifr_data"),
          paddingLayout(16));

  static final StructLayout DRVINFO =
      MemoryLayout.structLayout(
          JAVA_INT.withName("cmd"),
          text("driver", 32),
          text("version", 32),
          text("fw_version", 32),
          text("bus_info", 32),
          text("erom_version", 32),
          text("reserved2", 12),
          JAVA_INT.withName("n_priv_flags"),
          JAVA_INT.withName("n_stats"),
          JAVA_INT.withName("testinfo_len"),
          JAVA_INT.withName("eedump_len"),
          JAVA_INT.withName("regdump_len"));

  static final StructLayout CHANNELS =
      words(
          "cmd",
          "max_rx",
          "max_tx",
          "max_other",
          "max_combined",
          "rx_count",
          "tx_count",
          "other_count",
          "combined_count");

  static final StructLayout RINGPARAM =
      words(
          "cmd",
          "rx_max_pending",
          "rx_mini_max_pending",
          "rx_jumbo_max_pending",
          "tx_max_pending",
          "rx_pending",
          "rx_mini_pending",
          "rx_jumbo_pending",
          "tx_pending");

  /// With room for one count.
  static final StructLayout SSET_INFO =
      MemoryLayout.structLayout(
          JAVA_INT.withName("cmd"),
          JAVA_INT.withName("reserved"),
          JAVA_LONG.withName("sset_mask"),
          JAVA_INT.withName("data"),
          paddingLayout(4));

  /// Names of [#ETH_GSTRING_LEN] bytes follow.
  static final StructLayout GSTRINGS = words("cmd", "string_set", "len");

  /// Blocks of [#FEATURES_BLOCK] follow, one for each 32 features.
  static final StructLayout GFEATURES = words("cmd", "size");

  static final StructLayout FEATURES_BLOCK =
      words("available", "requested", "active", "never_changed");

  /// Queue numbers of 4 bytes follow.
  static final StructLayout RXFH_INDIR = words("cmd", "size");

  private EthtoolLayouts() {}

  static long offset(StructLayout layout, String field) {
    return layout.byteOffset(groupElement(field));
  }

  private static MemoryLayout text(String name, int bytes) {
    return sequenceLayout(bytes, JAVA_BYTE).withName(name);
  }

  private static StructLayout words(String... names) {
    MemoryLayout[] fields = new MemoryLayout[names.length];
    for (int i = 0; i < names.length; i++) {
      fields[i] = JAVA_INT.withName(names[i]);
    }
    return MemoryLayout.structLayout(fields);
  }
}
