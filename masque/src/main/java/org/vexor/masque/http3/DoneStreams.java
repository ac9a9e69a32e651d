package org.vexor.masque.http3;

import io.netty.handler.codec.quic.QuicStreamChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.vexor.quic.QuicConnection;

/// Streams of one connection that this side is done with, until QUIC has forgotten them. Netty does
/// not notice that in every case, and would keep their channels as long as the connection. On its
/// event loop.
final class DoneStreams {
  /// Looked at for each stream that opens; more than one, so that they become fewer.
  private static final int LOOKS = 3;

  private final QuicConnection quic;
  private final Queue<QuicStreamChannel> waiting = new ArrayDeque<>();

  DoneStreams(QuicConnection quic) {
    this.quic = quic;
  }

  /// This side neither sends nor receives any more.
  void add(QuicStreamChannel done) {
    if (!quic.closeForgotten(done)) {
      waiting.add(done);
    }
  }

  /// Another stream opens.
  void look() {
    for (int left = Math.min(LOOKS, waiting.size()); left > 0; left--) {
      add(waiting.remove());
    }
  }
}
