package org.vexor.quic;

import io.netty.handler.codec.quic.QuicStreamType;

/// The two kinds of QUIC streams.
public enum StreamKind {
  /// Both sides send.
  BIDIRECTIONAL(QuicStreamType.BIDIRECTIONAL),

  /// Only the side that opened it sends.
  UNIDIRECTIONAL(QuicStreamType.UNIDIRECTIONAL);

  private final QuicStreamType netty;

  StreamKind(QuicStreamType netty) {
    this.netty = netty;
  }

  QuicStreamType netty() {
    return netty;
  }
}
