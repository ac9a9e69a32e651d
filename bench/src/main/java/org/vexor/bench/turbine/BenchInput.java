package org.vexor.bench.turbine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.vexor.solana.Pubkey;
import org.vexor.turbine.capture.Capture;
import org.vexor.turbine.capture.CaptureReader;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// The shreds that all benchmarks work on: 64 whole sets of 32 data and 32 code shreds, in order of
/// slot, set and place. Immutable but for the arrays, which nobody writes to.
///
/// They come from the capture that `-Dvexor.bench.shreds=FILE` names, whose leader's public key
/// `-Dvexor.bench.leader=PUBKEY` gives; without a file they are made by [MadeSlots].
///
/// @param leader who signed all the sets
/// @param sets each of 64 shreds, data first
public record BenchInput(Pubkey leader, List<List<byte[]>> sets) {
  /// Sets of an input: four slots of 2,000 transfers.
  public static final int SETS = 64;

  /// Data shreds of a set, and code shreds as many.
  public static final int DATA = 32;

  /// Data shreds of an input.
  public static final int DATA_SHREDS = SETS * DATA;

  /// All shreds of an input.
  public static final int SHREDS = 2 * DATA_SHREDS;

  /// @throws IllegalArgumentException unless there are [#SETS] sets of 64
  public BenchInput {
    sets = sets.stream().map(List::copyOf).toList();
    if (sets.size() != SETS || sets.stream().anyMatch(set -> set.size() != 2 * DATA)) {
      throw new IllegalArgumentException(
          "%d sets of %s shreds; the benchmarks need %d whole sets of %d, as 4 slots of 2000 transfers make"
              .formatted(
                  sets.size(),
                  sets.stream().map(List::size).distinct().sorted().toList(),
                  SETS,
                  2 * DATA));
    }
  }

  /// The input that the system properties ask for.
  public static BenchInput load() {
    String file = System.getProperty("vexor.bench.shreds", "");
    if (file.isEmpty()) {
      return MadeSlots.make();
    }
    String leader = System.getProperty("vexor.bench.leader", "");
    if (leader.isEmpty()) {
      throw new IllegalArgumentException(
          "no leader for the shreds of " + file + "; give -Dvexor.bench.leader=PUBKEY");
    }
    try {
      return switch (CaptureReader.read(Path.of(file))) {
        case Capture.Recognised read -> of(Pubkey.fromBase58(leader), read.datagrams());
        case Capture.NotRecognised not ->
            throw new IllegalArgumentException(file + ": " + not.message());
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the shreds of " + file, e);
    }
  }

  /// Orders shreds by slot, set and place.
  static BenchInput of(Pubkey leader, List<byte[]> shreds) {
    record SetKey(long slot, int fecSetIndex) implements Comparable<SetKey> {
      @Override
      public int compareTo(SetKey other) {
        int bySlot = Long.compare(slot, other.slot);
        return bySlot != 0 ? bySlot : Integer.compare(fecSetIndex, other.fecSetIndex);
      }
    }
    TreeMap<SetKey, TreeMap<Integer, byte[]>> sets = new TreeMap<>();
    ShredView view = new ShredView();
    for (byte[] shred : shreds) {
      ShredRefusal refusal = view.parse(shred, 0, shred.length);
      if (refusal != ShredRefusal.NONE) {
        throw new IllegalArgumentException("a shred of the input is refused as " + refusal);
      }
      sets.computeIfAbsent(new SetKey(view.slot(), view.fecSetIndex()), key -> new TreeMap<>())
          .put(view.leafIndex(), shred);
    }
    List<List<byte[]>> ordered = new ArrayList<>();
    sets.values().forEach(set -> ordered.add(List.copyOf(set.values())));
    return new BenchInput(leader, ordered);
  }

  /// All shreds in order.
  public byte[][] shreds() {
    return sets.stream().flatMap(List::stream).toArray(byte[][]::new);
  }

  /// The data shreds in order.
  public byte[][] dataShreds() {
    return sets.stream().flatMap(set -> set.subList(0, DATA).stream()).toArray(byte[][]::new);
  }
}
