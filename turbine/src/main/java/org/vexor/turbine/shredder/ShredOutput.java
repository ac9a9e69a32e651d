package org.vexor.turbine.shredder;

/// Takes shreds as they are made: the 32 data shreds of a set in order, then its 32 coding shreds.
@FunctionalInterface
public interface ShredOutput {
  /// One shred; the bytes are lent until this returns.
  void shred(byte[] bytes, int offset, int length);
}
