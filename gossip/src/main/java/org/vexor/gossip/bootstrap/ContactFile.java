package org.vexor.gossip.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.vexor.gossip.crds.CrdsReader;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.GossipRefusal;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;

/// Contact infos on disk, for the next start: a u64 count and the values as they travel, the form
/// of Agave's `contact-info.bin`. Signatures are not checked here.
public final class ContactFile {
  private static final int SHORTEST_VALUE_BYTES = 115;
  private static final int MAXIMUM_VALUES = 1 << 17;

  private ContactFile() {}

  /// What came of reading.
  public sealed interface Reading {
    /// The values of the file.
    record Read(List<CrdsValue> values) implements Reading {
      public Read {
        values = List.copyOf(values);
      }
    }

    /// The file is none, and why.
    record Refused(GossipRefusal why) implements Reading {}
  }

  /// Writes a file in place of the one that is there; whoever reads sees the old or the new.
  ///
  /// @throws IOException when it cannot be written
  public static void write(Path file, List<CrdsValue> values) throws IOException {
    byte[] bytes = new byte[8 + values.stream().mapToInt(CrdsValue::length).sum()];
    var out = new WireWriter(bytes);
    out.vecLength(values.size());
    values.forEach(value -> value.write(out));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Reads a file.
  ///
  /// @throws IOException when it is not there or cannot be read
  public static Reading read(Path file) throws IOException {
    return parse(Files.readAllBytes(file));
  }

  static Reading parse(byte[] bytes) {
    var in = new WireReader(bytes);
    var reader = new CrdsReader();
    int count = in.vecLength(SHORTEST_VALUE_BYTES, MAXIMUM_VALUES);
    var values = new ArrayList<CrdsValue>(count);
    for (int i = 0; i < count && in.ok(); i++) {
      values.add(reader.readValue(in, bytes));
    }
    in.expectEnd();
    return in.ok() ? new Reading.Read(values) : new Reading.Refused(reader.refusal(in));
  }
}
