package org.vexor.packet.xdp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;

/// Sees to it that a number shared by SO_REUSEPORT is shared with engines of this process only:
/// past the kernel we would take the datagrams of another program's socket too.
///
/// Without SO_REUSEPORT the kernel refuses the second bind itself. Reads /proc/net/udp and udp6 of
/// the calling thread's network namespace (net/ipv4/udp.c, udp4_format_sock).
final class SharedNumber {
  private static final Path TABLES = Path.of("/proc/thread-self/net");
  private static final Path OWN_FILES = Path.of("/proc/self/fd");
  private static final int LOCAL_ADDRESS = 1;
  private static final int INODE = 9;

  private SharedNumber() {}

  /// Refuses a number that is shared with others.
  ///
  /// @throws PortException when another program has a socket that gets the same datagrams
  static void check(Endpoint bind) {
    if (bind.port() == 0) {
      return;
    }
    try {
      Optional<String> foreign = foreign(bind);
      if (foreign.isPresent()) {
        throw new PortException(
            "port "
                + bind
                + " not opened: another program's socket shares the number (inode "
                + foreign.get()
                + ")",
            "`ss -uanpe sport = :" + bind.port() + "` tells whose it is; choose another port");
      }
    } catch (IOException e) {
      throw new PortException(
          "port " + bind + " not opened: who shares the number is not known: " + e.getMessage(),
          "mount /proc",
          e);
    }
  }

  private static Optional<String> foreign(Endpoint bind) throws IOException {
    List<String> lines = Files.readAllLines(TABLES.resolve(bind.isIpv4() ? "udp" : "udp6"));
    Set<String> inodes = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.strip().split("\\s+", -1);
      Endpoint local = endpoint(fields[LOCAL_ADDRESS]);
      boolean same =
          local.isAnyLocal() || bind.isAnyLocal() || local.withPort(0).equals(bind.withPort(0));
      if (same && local.port() == bind.port()) {
        inodes.add(fields[INODE]);
      }
    }
    inodes.removeAll(own());
    return inodes.stream().findFirst();
  }

  /// Words of the address in the order of the machine, `:`, the port: `0100007F:1F90`.
  static Endpoint endpoint(String text) {
    int colon = text.indexOf(':');
    int port = HexFormat.fromHexDigits(text, colon + 1, text.length());
    long[] words = new long[colon / 8];
    for (int i = 0; i < words.length; i++) {
      words[i] =
          Integer.toUnsignedLong(
              Integer.reverseBytes(HexFormat.fromHexDigits(text, 8 * i, 8 * i + 8)));
    }
    return words.length == 1
        ? new Endpoint(0, Endpoint.ipv4Low((int) words[0]), port)
        : new Endpoint(words[0] << 32 | words[1], words[2] << 32 | words[3], port);
  }

  private static Set<String> own() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(OWN_FILES)) {
      for (Path file : files) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (NoSuchFileException e) {
          // Closed between the listing and the look.
        }
      }
    }
    return inodes;
  }
}
