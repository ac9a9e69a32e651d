package org.vexor.solana.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The configuration of a version 1 message (SIMD-0385): 32-bit words, one for each set bit of a
/// mask, low bits first.
///
/// @param mask which words are there
/// @param words as many as the mask has bits
public record TransactionConfig(int mask, List<Integer> words) {
  /// Nothing configured.
  public static final TransactionConfig NONE = new TransactionConfig(0, List.of());

  private static final int FEE_LOW = 0;
  private static final int FEE_HIGH = 1;
  private static final int COMPUTE_UNITS = 2;
  private static final int ACCOUNT_BYTES = 3;
  private static final int HEAP_BYTES = 4;

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException when mask and words do not agree
  public TransactionConfig {
    words = List.copyOf(words);
    if (Integer.bitCount(mask) != words.size()) {
      throw new IllegalArgumentException(
          "mask 0x"
              + Integer.toHexString(mask)
              + " announces "
              + Integer.bitCount(mask)
              + " words, there are "
              + words.size());
    }
  }

  /// A configuration of what is given.
  public static TransactionConfig of(
      OptionalLong priorityFeeLamports,
      OptionalInt computeUnitLimit,
      OptionalInt loadedAccountBytes,
      OptionalInt heapBytes) {
    List<Integer> words = new ArrayList<>();
    int mask = 0;
    if (priorityFeeLamports.isPresent()) {
      mask |= (1 << FEE_LOW) | (1 << FEE_HIGH);
      words.add((int) priorityFeeLamports.getAsLong());
      words.add((int) (priorityFeeLamports.getAsLong() >>> 32));
    }
    if (computeUnitLimit.isPresent()) {
      mask |= 1 << COMPUTE_UNITS;
      words.add(computeUnitLimit.getAsInt());
    }
    if (loadedAccountBytes.isPresent()) {
      mask |= 1 << ACCOUNT_BYTES;
      words.add(loadedAccountBytes.getAsInt());
    }
    if (heapBytes.isPresent()) {
      mask |= 1 << HEAP_BYTES;
      words.add(heapBytes.getAsInt());
    }
    return new TransactionConfig(mask, words);
  }

  /// What the sender pays for being first, in lamports, unsigned.
  public OptionalLong priorityFeeLamports() {
    OptionalInt low = word(FEE_LOW);
    OptionalInt high = word(FEE_HIGH);
    return low.isPresent() && high.isPresent()
        ? OptionalLong.of((low.getAsInt() & 0xffff_ffffL) | ((long) high.getAsInt() << 32))
        : OptionalLong.empty();
  }

  /// Most compute units.
  public OptionalInt computeUnitLimit() {
    return word(COMPUTE_UNITS);
  }

  /// Most bytes of loaded accounts.
  public OptionalInt loadedAccountBytes() {
    return word(ACCOUNT_BYTES);
  }

  /// Heap of each program call, bytes.
  public OptionalInt heapBytes() {
    return word(HEAP_BYTES);
  }

  private OptionalInt word(int bit) {
    return ((mask >>> bit) & 1) == 0
        ? OptionalInt.empty()
        : OptionalInt.of(words.get(Integer.bitCount(mask & ((1 << bit) - 1))));
  }
}
