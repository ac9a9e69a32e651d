package org.vexor.masque.capsule;

import io.netty.buffer.ByteBuf;

/// Takes what a [CapsuleParser] found.
public interface CapsuleReceiver {
  /// Whether the value of a capsule of this type is wanted; if not, it is skipped, as types that
  /// one does not know have to be.
  ///
  /// @param lengthBytes of the value; when above the parser's limit, the value is skipped anyway
  boolean wants(long type, long lengthBytes);

  /// A whole value.
  ///
  /// @param value lent until this returns
  /// @return whether it is well-formed; if not, so is nothing that follows
  boolean capsule(long type, ByteBuf value);

  /// A capsule whose value was not wanted, or was too long.
  ///
  /// @param tooLong whether it was wanted
  default void skipped(long type, long lengthBytes, boolean tooLong) {}
}
