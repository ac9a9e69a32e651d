package org.vexor.turbine.fec;

/// Takes shreds that were rebuilt, for forwarding and storing: on the wire they are
/// indistinguishable from received ones.
@FunctionalInterface
public interface ShredSink {
  /// Drops everything.
  ShredSink NONE = (bytes, offset, length) -> {};

  /// Takes one whole shred; the bytes are lent until this returns.
  void accept(byte[] bytes, int offset, int length);
}
