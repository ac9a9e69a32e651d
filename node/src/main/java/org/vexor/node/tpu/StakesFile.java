package org.vexor.node.tpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.vexor.solana.Pubkey;
import org.vexor.tpu.server.Stakes;

/// Stakes from a file: a key and its lamports in each line, separated by a space, a comma or `=`;
/// lines that are empty or begin with `#` say nothing.
public final class StakesFile implements Stakes {
  private final Map<Pubkey, Long> stakes;
  private final long total;

  private StakesFile(Map<Pubkey, Long> stakes) {
    this.stakes = Map.copyOf(stakes);
    this.total = stakes.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Reads it.
  ///
  /// @throws IOException when it cannot be read
  /// @throws IllegalArgumentException when a line is something else; its number is named
  public static StakesFile read(Path file) throws IOException {
    var stakes = new HashMap<Pubkey, Long>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        String[] parts = text.split("[\\s,=]+", -1);
        try {
          if (parts.length != 2 || Long.parseLong(parts[1]) < 0) {
            throw new IllegalArgumentException("it is not 'KEY LAMPORTS'");
          }
          stakes.put(Pubkey.fromBase58(parts[0]), Long.parseLong(parts[1]));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(file + " line " + number + ": " + e.getMessage(), e);
        }
      }
    }
    return new StakesFile(stakes);
  }

  @Override
  public long of(Pubkey identity) {
    return stakes.getOrDefault(identity, 0L);
  }

  @Override
  public long total() {
    return total;
  }
}
