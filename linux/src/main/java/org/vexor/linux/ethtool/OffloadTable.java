package org.vexor.linux.ethtool;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.vexor.linux.ethtool.EthtoolSocket.command;
import static org.vexor.linux.ethtool.EthtoolSocket.word;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.List;

/// The features of an interface: the kernel numbers them differently from version to version, so
/// their names are read first (ETHTOOL_GSTRINGS), then their bits (ETHTOOL_GFEATURES).
final class OffloadTable {
  private static final int BITS = 32;

  private OffloadTable() {}

  static List<Offload> read(EthtoolSocket socket, String name) {
    try (Arena arena = Arena.ofConfined()) {
      List<String> names = names(socket, arena, name);
      int blocks = (names.size() + BITS - 1) / BITS;
      long head = EthtoolLayouts.GFEATURES.byteSize();
      long blockBytes = EthtoolLayouts.FEATURES_BLOCK.byteSize();
      MemorySegment answer =
          command(arena, head + blocks * blockBytes, EthtoolLayouts.ETHTOOL_GFEATURES);
      answer.set(JAVA_INT, EthtoolLayouts.offset(EthtoolLayouts.GFEATURES, "size"), blocks);
      if (names.isEmpty() || !socket.ask(arena, name, answer, "offloads")) {
        return List.of();
      }
      List<Offload> found = new ArrayList<>(names.size());
      for (int i = 0; i < names.size(); i++) {
        if (!names.get(i).isEmpty()) {
          MemorySegment block = answer.asSlice(head + i / BITS * blockBytes, blockBytes);
          found.add(
              new Offload(
                  names.get(i),
                  bit(block, "active", i % BITS),
                  bit(block, "available", i % BITS) && !bit(block, "never_changed", i % BITS)));
        }
      }
      return found;
    }
  }

  private static List<String> names(EthtoolSocket socket, Arena arena, String name) {
    StructLayout set = EthtoolLayouts.SSET_INFO;
    MemorySegment counts = command(arena, set.byteSize(), EthtoolLayouts.ETHTOOL_GSSET_INFO);
    counts.set(
        JAVA_LONG, EthtoolLayouts.offset(set, "sset_mask"), 1L << EthtoolLayouts.ETH_SS_FEATURES);
    if (!socket.ask(arena, name, counts, "number of offloads")
        || counts.get(JAVA_LONG, EthtoolLayouts.offset(set, "sset_mask")) == 0) {
      return List.of();
    }
    int count = word(counts, set, "data");
    StructLayout layout = EthtoolLayouts.GSTRINGS;
    long bytes = EthtoolLayouts.ETH_GSTRING_LEN;
    MemorySegment strings =
        command(arena, layout.byteSize() + count * bytes, EthtoolLayouts.ETHTOOL_GSTRINGS);
    strings.set(
        JAVA_INT, EthtoolLayouts.offset(layout, "string_set"), EthtoolLayouts.ETH_SS_FEATURES);
    strings.set(JAVA_INT, EthtoolLayouts.offset(layout, "len"), count);
    if (!socket.ask(arena, name, strings, "names of offloads")) {
      return List.of();
    }
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(strings.getString(layout.byteSize() + i * bytes));
    }
    return names;
  }

  private static boolean bit(MemorySegment block, String field, int bit) {
    return (word(block, EthtoolLayouts.FEATURES_BLOCK, field) >>> bit & 1) != 0;
  }
}
