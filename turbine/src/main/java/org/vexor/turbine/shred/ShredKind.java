package org.vexor.turbine.shred;

/// The two kinds of shred: pieces of the block, and Reed-Solomon parity over them.
public enum ShredKind {
  DATA((byte) 0xa5),
  CODE((byte) 0x5a);

  private final byte tag;

  ShredKind(byte tag) {
    this.tag = tag;
  }

  /// The byte that stands for this kind in the seed of the turbine tree (agave
  /// `ledger/src/shred.rs`, `ShredType`); it is also the variant byte of the legacy shreds.
  public byte tag() {
    return tag;
  }
}
