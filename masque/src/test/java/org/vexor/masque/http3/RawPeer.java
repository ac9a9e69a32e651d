package org.vexor.masque.http3;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.vexor.masque.capsule.Varint;
import org.vexor.quic.CloseReason;
import org.vexor.quic.ConnectionHandler;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicStream;
import org.vexor.quic.StreamKind;
import org.vexor.quic.StreamReceiver;

/// The far side of an HTTP/3 connection in raw bytes, so that it can do what no codec would. Header
/// sections are literals without Huffman code (RFC 9204 §4.5.6).
final class RawPeer implements ConnectionHandler {
  static final int DATA = 0x00;
  static final int HEADERS = 0x01;
  static final int SETTINGS = 0x04;
  static final long EXTENDED_CONNECT = 0x08;
  static final long H3_DATAGRAM = 0x33;

  private final Map<Long, Long> settings;
  final CompletableFuture<QuicConnection> opened = new CompletableFuture<>();
  final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
  final Queue<byte[]> datagrams = new ConcurrentLinkedQueue<>();
  final Queue<QuicStream> requests = new ConcurrentLinkedQueue<>();

  RawPeer(Map<Long, Long> settings) {
    this.settings = settings;
  }

  /// What came on a stream.
  static final class Received implements StreamReceiver {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final CompletableFuture<Long> reset = new CompletableFuture<>();
    volatile boolean finished;

    @Override
    public synchronized void data(QuicStream stream, ByteBuffer chunk) {
      while (chunk.hasRemaining()) {
        bytes.write(chunk.get());
      }
    }

    synchronized int size() {
      return bytes.size();
    }

    @Override
    public void finished(QuicStream stream) {
      finished = true;
    }

    @Override
    public void reset(QuicStream stream, long code) {
      reset.complete(code);
    }
  }

  @Override
  public void opened(QuicConnection connection) {
    var _ =
        connection
            .openStream(StreamKind.UNIDIRECTIONAL, StreamReceiver.NOTHING)
            .thenAccept(
                control -> {
                  ByteBuf value = Unpooled.buffer();
                  settings.forEach(
                      (id, setting) -> {
                        Varint.write(value, id);
                        Varint.write(value, setting);
                      });
                  control.write(ByteBuffer.wrap(new byte[] {0}));
                  control.write(frame(SETTINGS, value).nioBuffer());
                  control.flush();
                });
    opened.complete(connection);
  }

  @Override
  public StreamReceiver streamOpened(QuicStream stream) {
    if (stream.kind() == StreamKind.BIDIRECTIONAL) {
      requests.add(stream);
    }
    return StreamReceiver.NOTHING;
  }

  @Override
  public void datagram(QuicConnection connection, ByteBuffer payload) {
    byte[] copy = new byte[payload.remaining()];
    payload.get(copy);
    datagrams.add(copy);
  }

  @Override
  public void closed(QuicConnection connection, CloseReason reason) {
    closed.complete(reason);
  }

  static ByteBuf frame(int type, ByteBuf value) {
    ByteBuf frame = Unpooled.buffer();
    Varint.write(frame, type);
    Varint.write(frame, value.readableBytes());
    return frame.writeBytes(value);
  }

  /// A HEADERS frame of names and values in turn.
  static ByteBuf headers(String... fields) {
    ByteBuf section = Unpooled.buffer().writeByte(0).writeByte(0);
    for (int i = 0; i < fields.length; i += 2) {
      string(section, 0x20, 3, fields[i]);
      string(section, 0x00, 7, fields[i + 1]);
    }
    return frame(HEADERS, section);
  }

  private static void string(ByteBuf out, int bits, int prefix, String text) {
    int most = (1 << prefix) - 1;
    int length = text.length();
    if (length < most) {
      out.writeByte(bits | length);
    } else {
      out.writeByte(bits | most);
      int rest = length - most;
      while (rest >= 0x80) {
        out.writeByte((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      out.writeByte(rest);
    }
    out.writeCharSequence(text, StandardCharsets.US_ASCII);
  }

  static ByteBuf connectUdp(String path) {
    return headers(
        ":method", "CONNECT",
        ":protocol", "connect-udp",
        ":scheme", "https",
        ":authority", "proxy",
        ":path", path,
        "capsule-protocol", "?1");
  }
}
