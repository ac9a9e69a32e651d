package org.vexor.localnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What the kernel dropped because a socket's buffer was full, as `/proc/net/udp` counts it. The
/// table has a line per socket: the local address and port in hexadecimal second, the drops last.
final class KernelDrops {
  private static final Path TABLE = Path.of("/proc/net/udp");
  private static final int LOCAL_ADDRESS = 1;

  private KernelDrops() {}

  /// Drops of the IPv4 sockets on these ports; 0 where the system has no such table.
  ///
  /// @throws IOException when the table is there and cannot be read
  static long count(Set<Integer> ports) throws IOException {
    if (!Files.isReadable(TABLE)) {
      return 0;
    }
    return count(Files.readAllLines(TABLE), ports);
  }

  static long count(List<String> table, Set<Integer> ports) {
    long drops = 0;
    for (String line : table.subList(1, table.size())) {
      String[] columns = line.strip().split("\\s+", -1);
      String address = columns[LOCAL_ADDRESS];
      int port = Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
      if (ports.contains(port)) {
        drops += Long.parseLong(columns[columns.length - 1]);
      }
    }
    return drops;
  }
}
