package org.vexor.masque.proxy.outbound;

import io.netty.buffer.ByteBuf;

/// A UDP socket towards one target. On the event loop of whoever opened it.
public interface TargetSocket extends AutoCloseable {
  /// Sends one datagram with the next flush, or drops and counts it.
  ///
  /// @param payload stays the caller's
  void send(ByteBuf payload);

  /// Sends what waits; once a batch.
  void flush();

  @Override
  void close();
}
