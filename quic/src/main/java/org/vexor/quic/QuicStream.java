package org.vexor.quic;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import java.nio.ByteBuffer;

/// One stream of a connection. Any thread; order among the calls of one thread is kept.
///
/// Bytes are copied as they are written and go out with the next [#flush] or [#finish].
public final class QuicStream {
  private final QuicConnection connection;
  private final QuicStreamChannel channel;

  QuicStream(QuicConnection connection, QuicStreamChannel channel) {
    this.connection = connection;
    this.channel = channel;
  }

  public QuicConnection connection() {
    return connection;
  }

  /// Its number on the connection (RFC 9000 §2.1).
  public long id() {
    return channel.streamId();
  }

  public StreamKind kind() {
    return switch (channel.type()) {
      case BIDIRECTIONAL -> StreamKind.BIDIRECTIONAL;
      case UNIDIRECTIONAL -> StreamKind.UNIDIRECTIONAL;
    };
  }

  /// Whether this side opened it.
  public boolean isLocal() {
    return channel.isLocalCreated();
  }

  /// Writes the remaining bytes of `bytes`.
  ///
  /// @return whether more is welcome; if not, what is written waits in memory, and
  ///   [StreamReceiver#writable] says when to go on
  public boolean write(ByteBuffer bytes) {
    var _ = channel.write(copy(bytes), channel.voidPromise());
    return channel.isWritable();
  }

  /// Whether [#write] would be sent soon.
  public boolean isWritable() {
    return channel.isWritable();
  }

  /// Sends what was written.
  public void flush() {
    channel.flush();
  }

  /// Says that nothing more comes, and sends what was written.
  public void finish() {
    var _ = channel.writeAndFlush(QuicStreamFrame.EMPTY_FIN, channel.voidPromise());
  }

  /// Writes the last bytes with the end of the stream in one frame. Does not flush, so that many
  /// streams can share packets; flush the last of them.
  public void finish(ByteBuffer last) {
    var _ = channel.write(new DefaultQuicStreamFrame(copy(last), true), channel.voidPromise());
  }

  /// Gives the stream up in both directions: what is not sent stays unsent, what arrives is
  /// dropped.
  public void reset(int code) {
    var _ = channel.shutdown(code, channel.newPromise());
  }

  /// Stops reading, so that the peer runs out of its window; or goes on.
  public void setReading(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  /// Netty's channel of this stream; its pipeline is this module's.
  public QuicStreamChannel channel() {
    return channel;
  }

  private ByteBuf copy(ByteBuffer bytes) {
    return channel.alloc().directBuffer(bytes.remaining()).writeBytes(bytes);
  }

  @Override
  public String toString() {
    return "stream " + id() + " of " + connection;
  }
}
