package org.vexor.quic;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A connection handler that remembers, and echoes what comes on bidirectional streams.
final class Recorder implements ConnectionHandler {
  final CompletableFuture<QuicConnection> opened = new CompletableFuture<>();
  final CompletableFuture<QuicConnection> earlyData = new CompletableFuture<>();
  final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
  final Queue<byte[]> datagrams = new ConcurrentLinkedQueue<>();
  final Queue<byte[]> streams = new ConcurrentLinkedQueue<>();
  final Queue<Long> resets = new ConcurrentLinkedQueue<>();

  static Application application(Recorder recorder) {
    return new Application.Callbacks(_ -> recorder);
  }

  @Override
  public void opened(QuicConnection connection) {
    opened.complete(connection);
  }

  @Override
  public void earlyDataReady(QuicConnection connection) {
    earlyData.complete(connection);
  }

  @Override
  public StreamReceiver streamOpened(QuicStream stream) {
    return new Collector(stream.kind() == StreamKind.BIDIRECTIONAL);
  }

  @Override
  public void datagram(QuicConnection connection, ByteBuffer payload) {
    datagrams.add(bytes(payload));
  }

  @Override
  public void closed(QuicConnection connection, CloseReason reason) {
    closed.complete(reason);
  }

  static byte[] bytes(ByteBuffer payload) {
    var copy = new byte[payload.remaining()];
    payload.get(copy);
    return copy;
  }

  /// Collects a stream, and sends it back when it is finished if it echoes.
  final class Collector implements StreamReceiver {
    private final boolean echo;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

    Collector(boolean echo) {
      this.echo = echo;
    }

    @Override
    public void data(QuicStream stream, ByteBuffer chunk) {
      collected.writeBytes(bytes(chunk));
    }

    @Override
    public void finished(QuicStream stream) {
      streams.add(collected.toByteArray());
      if (echo) {
        stream.finish(ByteBuffer.wrap(collected.toByteArray()));
        stream.flush();
      }
    }

    @Override
    public void reset(QuicStream stream, long code) {
      resets.add(code);
    }
  }
}
