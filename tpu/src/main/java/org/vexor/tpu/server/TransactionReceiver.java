package org.vexor.tpu.server;

import java.nio.ByteBuffer;

/// Takes what clients send. Called on an event loop, for different clients at the same time when
/// the server has several; must not block.
@FunctionalInterface
public interface TransactionReceiver {
  /// All bytes of one stream, 1 to the server's largest; nothing was checked.
  ///
  /// @param transaction lent until this returns
  void received(ByteBuffer transaction, TransactionOrigin origin);
}
