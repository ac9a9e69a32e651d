package org.vexor.solana.random;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The ChaCha key stream as a random number generator, as Rust's `rand_chacha` gives it: the seed
/// is the key, the 64-bit block counter starts at 0, the nonce is 0, the stream is taken word by
/// word. Owned by one thread; [#seed] makes it new without allocation.
public final class ChaCha {
  /// Bytes of a seed.
  public static final int SEED_LENGTH = 32;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int WORDS = 16;

  private final int rounds;
  private final int[] input = new int[WORDS];
  private final int[] block = new int[WORDS];
  private int used;

  private ChaCha(int rounds) {
    this.rounds = rounds;
    input[0] = 0x61707865; // "expand 32-byte k"
    input[1] = 0x3320646e;
    input[2] = 0x79622d32;
    input[3] = 0x6b206574;
  }

  /// The 8-round generator of the turbine tree, with a seed of zeros until [#seed] is called.
  public static ChaCha chaCha8() {
    return new ChaCha(8).seed(new byte[SEED_LENGTH], 0);
  }

  /// The 20-round generator of the leader schedule, with a seed of zeros until [#seed] is called.
  public static ChaCha chaCha20() {
    return new ChaCha(20).seed(new byte[SEED_LENGTH], 0);
  }

  /// Starts the stream of the 32-byte seed at `offset`.
  ///
  /// @return this
  /// @throws IndexOutOfBoundsException when `source` ends before
  public ChaCha seed(byte[] source, int offset) {
    for (int i = 0; i < 8; i++) {
      input[4 + i] = (int) INT.get(source, offset + 4 * i);
    }
    Arrays.fill(input, 12, WORDS, 0);
    used = WORDS;
    return this;
  }

  /// The next 32 bits of the stream.
  public int nextInt() {
    if (used == WORDS) {
      nextBlock();
    }
    return block[used++];
  }

  /// The next 64 bits of the stream, the earlier word in the lower half.
  public long nextLong() {
    long low = Integer.toUnsignedLong(nextInt());
    return low | (long) nextInt() << 32;
  }

  private void nextBlock() {
    int[] x = block;
    System.arraycopy(input, 0, x, 0, WORDS);
    for (int round = 0; round < rounds; round += 2) {
      quarterRound(x, 0, 4, 8, 12); // the columns
      quarterRound(x, 1, 5, 9, 13);
      quarterRound(x, 2, 6, 10, 14);
      quarterRound(x, 3, 7, 11, 15);
      quarterRound(x, 0, 5, 10, 15); // the diagonals
      quarterRound(x, 1, 6, 11, 12);
      quarterRound(x, 2, 7, 8, 13);
      quarterRound(x, 3, 4, 9, 14);
    }
    for (int i = 0; i < WORDS; i++) {
      x[i] += input[i];
    }
    if (++input[12] == 0) {
      input[13]++;
    }
    used = 0;
  }

  private static void quarterRound(int[] x, int a, int b, int c, int d) {
    x[a] += x[b];
    x[d] = Integer.rotateLeft(x[d] ^ x[a], 16);
    x[c] += x[d];
    x[b] = Integer.rotateLeft(x[b] ^ x[c], 12);
    x[a] += x[b];
    x[d] = Integer.rotateLeft(x[d] ^ x[a], 8);
    x[c] += x[d];
    x[b] = Integer.rotateLeft(x[b] ^ x[c], 7);
  }
}
