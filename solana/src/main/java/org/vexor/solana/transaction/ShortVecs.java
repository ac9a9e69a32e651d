package org.vexor.solana.transaction;

/// ShortVec lengths in an array, for walkers that keep their position in a local variable.
///
/// Only the shortest form is taken, so the size of what was read follows from its value.
final class ShortVecs {
  private static final int TRUNCATED = -1;
  private static final int NOT_CANONICAL = -2;
  private static final int TOO_LARGE = -3;

  private ShortVecs() {}

  /// The length at `at`, or a negative number that [#refusal] explains. `at` may lie beyond
  /// `limit`.
  static int read(byte[] bytes, int at, int limit) {
    if (at >= limit) {
      return TRUNCATED;
    }
    int first = bytes[at];
    return first >= 0 ? first : readLong(bytes, at, limit);
  }

  private static int readLong(byte[] bytes, int at, int limit) {
    if (limit - at < 2) {
      return TRUNCATED;
    }
    int value = bytes[at] & 0x7f;
    int second = bytes[at + 1];
    if (second >= 0) {
      return second == 0 ? NOT_CANONICAL : value | (second << 7);
    }
    if (limit - at < 3) {
      return TRUNCATED;
    }
    value |= (second & 0x7f) << 7;
    int third = bytes[at + 2];
    if (third == 0) {
      return NOT_CANONICAL;
    }
    return third < 0 || third > 3 ? TOO_LARGE : value | (third << 14);
  }

  /// How many bytes a length takes.
  static int size(int length) {
    return length < 0x80 ? 1 : length < 0x4000 ? 2 : 3;
  }

  static TransactionRefusal refusal(int failed) {
    return switch (failed) {
      case TRUNCATED -> TransactionRefusal.TRUNCATED;
      case NOT_CANONICAL -> TransactionRefusal.LENGTH_NOT_CANONICAL;
      case TOO_LARGE -> TransactionRefusal.LENGTH_TOO_LARGE;
      default -> throw new IllegalArgumentException(failed + " is a length, not a failure");
    };
  }
}
