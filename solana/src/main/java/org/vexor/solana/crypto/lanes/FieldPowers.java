package org.vexor.solana.crypto.lanes;

/// Powers of a number in each lane, by the chain of squarings that everybody uses for this prime.
final class FieldPowers {
  private final long[] eleven = FieldLanes.zero();
  private final long[] high = FieldLanes.zero();
  private final long[] five = FieldLanes.zero();
  private final long[] ten = FieldLanes.zero();
  private final long[] twenty = FieldLanes.zero();
  private final long[] run = FieldLanes.zero();

  /// a^(p - 2), the inverse; 0 of 0.
  void invert(long[] a, long[] out) {
    raise(a);
    FieldLanes.square(high, 5, run);
    FieldLanes.multiply(run, eleven, out);
  }

  /// a^((p - 5) / 8), of which roots are made.
  void rootPower(long[] a, long[] out) {
    raise(a);
    FieldLanes.square(high, 2, run);
    FieldLanes.multiply(run, a, out);
  }

  /// `high` becomes a^(2^250 - 1), `eleven` a^11. The others are named after n in a^(2^n - 1).
  private void raise(long[] a) {
    FieldLanes.square(a, 1, high); // a^2
    FieldLanes.square(high, 2, run);
    FieldLanes.multiply(run, a, run); // a^9
    FieldLanes.multiply(run, high, eleven);
    FieldLanes.square(eleven, 1, five);
    FieldLanes.multiply(five, run, five);
    longer(five, 5, five, ten);
    longer(ten, 10, ten, twenty);
    longer(twenty, 20, twenty, high); // 40
    longer(high, 10, ten, high); // 50
    longer(high, 50, high, twenty); // 100
    longer(twenty, 100, twenty, run); // 200
    FieldLanes.square(run, 50, run);
    FieldLanes.multiply(run, high, high);
  }

  private void longer(long[] a, int by, long[] b, long[] out) {
    FieldLanes.square(a, by, run);
    FieldLanes.multiply(run, b, out);
  }
}
