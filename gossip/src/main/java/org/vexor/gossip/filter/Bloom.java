package org.vexor.gossip.filter;

import java.util.Arrays;
import org.vexor.solana.FixedBytes;
import org.vexor.solana.codec.WireFailure;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.random.ChaCha;

/// A bloom filter as Agave's bloom crate has it: for each of its keys FNV-1a over the item, started
/// from the key, names one bit. Owned by one thread.
public final class Bloom {
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int MAXIMUM_WORDS = 1232 / Long.BYTES;
  private static final int BYTES_OF_ITEM = 32;

  private final long[] keys;
  private final long[] words;
  private final boolean hasWords;
  private final long bitLength;
  private long bitsSet;

  private Bloom(long[] keys, long[] words, boolean hasWords, long bitLength, long bitsSet) {
    this.keys = keys;
    this.words = words;
    this.hasWords = hasWords;
    this.bitLength = bitLength;
    this.bitsSet = bitsSet;
  }

  /// An empty filter of `bitLength` bits with these keys.
  public static Bloom of(int bitLength, long... keys) {
    return new Bloom(
        keys.clone(), new long[(bitLength + Long.SIZE - 1) / Long.SIZE], true, bitLength, 0);
  }

  /// An empty filter that holds `items` at a rate of `falseRate` wrong answers, unless that takes
  /// more than `maximumBits`; keys at random.
  public static Bloom random(int items, double falseRate, int maximumBits, ChaCha random) {
    int bits = bitsFor(items, falseRate, maximumBits);
    long[] keys = new long[keysFor(bits, items)];
    Arrays.setAll(keys, i -> random.nextLong());
    return of(bits, keys);
  }

  /// How many bits hold `items` at that rate, between 1 and `maximumBits`.
  public static int bitsFor(int items, double falseRate, int maximumBits) {
    double wanted = Math.ceil(items * Math.log(falseRate) / Math.log(1 / Math.pow(2, Math.log(2))));
    return (int) Math.max(1, Math.min(maximumBits, wanted));
  }

  /// How many keys suit so many bits and items.
  public static int keysFor(int bits, int items) {
    return items == 0 ? 0 : (int) Math.max(1, Math.round((double) bits / items * Math.log(2)));
  }

  /// Adds an item.
  public void add(FixedBytes item) {
    for (long key : keys) {
      set(position(item, key));
    }
  }

  /// Adds an item of any length.
  public void add(byte[] item) {
    for (long key : keys) {
      set(position(item, key));
    }
  }

  /// Whether the item was added, or looks as if; always no without bits.
  public boolean contains(FixedBytes item) {
    if (bitLength == 0) {
      return false;
    }
    for (long key : keys) {
      long bit = position(item, key);
      if ((words[(int) (bit >>> 6)] >>> bit & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether there are bits to look at and each of them is there.
  public boolean isUsable() {
    return bitLength > 0 && bitLength <= (long) words.length * Long.SIZE;
  }

  /// Bits in the filter.
  public long bitLength() {
    return bitLength;
  }

  /// How many keys there are.
  public int keyCount() {
    return keys.length;
  }

  private void set(long bit) {
    long mask = 1L << bit;
    if ((words[(int) (bit >>> 6)] & mask) == 0) {
      words[(int) (bit >>> 6)] |= mask;
      bitsSet++;
    }
  }

  private long position(FixedBytes item, long key) {
    long hash = key;
    for (int i = 0; i < BYTES_OF_ITEM; i++) {
      hash = (hash ^ (item.byteAt(i) & 0xff)) * FNV_PRIME;
    }
    return Long.remainderUnsigned(hash, bitLength);
  }

  private long position(byte[] item, long key) {
    long hash = key;
    for (byte octet : item) {
      hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
    }
    return Long.remainderUnsigned(hash, bitLength);
  }

  /// Reads a filter; believed only when `in` is still ok. More bits than there are words for make
  /// it fail.
  public static Bloom read(WireReader in) {
    long[] keys = longs(in, in.vecLength(Long.BYTES, MAXIMUM_WORDS));
    boolean hasWords = in.option();
    long[] words = longs(in, hasWords ? in.vecLength(Long.BYTES, MAXIMUM_WORDS) : 0);
    long bitLength = in.u64();
    if (bitLength < 0 || bitLength > (long) words.length * Long.SIZE) {
      in.fail(WireFailure.REJECTED);
    }
    return new Bloom(keys, words, hasWords, in.ok() ? bitLength : 0, in.u64());
  }

  private static long[] longs(WireReader in, int count) {
    long[] longs = new long[count];
    for (int i = 0; i < count; i++) {
      longs[i] = in.u64();
    }
    return longs;
  }

  /// Writes the filter.
  public void write(WireWriter out) {
    longs(keys, out);
    out.option(hasWords);
    if (hasWords) {
      longs(words, out);
    }
    out.u64(bitLength).u64(bitsSet);
  }

  private static void longs(long[] longs, WireWriter out) {
    out.vecLength(longs.length);
    for (long word : longs) {
      out.u64(word);
    }
  }
}
