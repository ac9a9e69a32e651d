package org.vexor.masque.http3;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.util.Optional;
import org.vexor.masque.capsule.Varint;
import org.vexor.masque.datagram.DatagramHeader;
import org.vexor.masque.datagram.DatagramReceiver;
import org.vexor.masque.http.HeaderSections;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.ServerStream;
import org.vexor.masque.http.StreamError;
import org.vexor.masque.http.StreamListener;

/// A request on HTTP/3, of either side.
final class Http3Stream implements ServerStream {
  private final Http3Connection connection;
  private final QuicStreamChannel channel;
  private final long quarterId;
  private final int quarterIdBytes;

  /// In front of each UDP payload.
  private final byte[] udpPrefix;

  private Optional<StreamListener> listener = Optional.empty();
  private boolean sending = true;
  private boolean receiving = true;
  private boolean responded;
  private boolean done;

  Http3Stream(Http3Connection connection, QuicStreamChannel channel) {
    this.connection = connection;
    this.channel = channel;
    this.quarterId = DatagramHeader.quarterId(channel.streamId());
    this.quarterIdBytes = Varint.length(quarterId);
    this.udpPrefix = DatagramHeader.bytes(quarterId, DatagramHeader.UDP_PAYLOAD);
  }

  long id() {
    return channel.streamId();
  }

  long quarterId() {
    return quarterId;
  }

  void listener(StreamListener newListener) {
    listener = Optional.of(newListener);
  }

  Optional<StreamListener> listener() {
    return listener;
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_3;
  }

  @Override
  public EventLoop eventLoop() {
    return channel.eventLoop();
  }

  @Override
  public ByteBufAllocator allocator() {
    return channel.alloc();
  }

  @Override
  public void respond(ResponseHead head, boolean last) {
    if (responded) {
      throw new IllegalStateException("stream " + id() + " has its response already");
    }
    responded = true;
    var _ =
        channel.write(
            new DefaultHttp3HeadersFrame(HeaderSections.put(head, new DefaultHttp3Headers())),
            channel.voidPromise());
    if (last) {
      finish();
    } else {
      channel.flush();
    }
  }

  @Override
  public void write(ByteBuf bytes) {
    if (sending) {
      var _ = channel.write(new DefaultHttp3DataFrame(bytes), channel.voidPromise());
    } else {
      bytes.release();
    }
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public boolean isWritable() {
    return sending && channel.isWritable();
  }

  @Override
  public void setReading(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  @Override
  public void finish() {
    if (sending) {
      sending = false;
      // Not at once: out of the read that takes the peer's end, Netty 4.2.18 loses ours now and
      // then.
      channel
          .eventLoop()
          .execute(
              () -> {
                var _ = channel.shutdownOutput();
                doneIfOver();
              });
    }
  }

  @Override
  public void abort(StreamError error) {
    if (channel.isOpen() && (sending || receiving)) {
      sending = false;
      ended();
      var _ = channel.shutdown(error.http3(), channel.newPromise());
      channel.eventLoop().execute(this::doneIfOver);
    }
  }

  /// Nothing more is received.
  void ended() {
    if (receiving) {
      receiving = false;
      connection.registry().finish(quarterId);
      // Not from within the read that brought the end.
      channel.eventLoop().execute(this::doneIfOver);
    }
  }

  private void doneIfOver() {
    if (!sending && !receiving && !done) {
      done = true;
      connection.done().add(channel);
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public boolean hasDatagrams() {
    return connection.hasDatagrams();
  }

  @Override
  public int maxDatagramBytes() {
    return connection.hasDatagrams()
        ? Math.max(0, connection.quic().maxDatagramBytes() - quarterIdBytes)
        : 0;
  }

  @Override
  public boolean holdsDatagram(int bytes) {
    return connection.hasDatagrams() && connection.quic().holdsDatagram(quarterIdBytes + bytes);
  }

  @Override
  public void acceptDatagrams(DatagramReceiver receiver) {
    if (receiving) {
      connection.registry().open(quarterId, receiver);
    }
  }

  @Override
  public void refuseDatagrams() {
    if (receiving) {
      connection.registry().refuse(quarterId, () -> abort(StreamError.DATAGRAM));
    }
  }

  @Override
  public boolean sendDatagram(long contextId, ByteBuf payload) {
    byte[] prefix =
        contextId == DatagramHeader.UDP_PAYLOAD
            ? udpPrefix
            : DatagramHeader.bytes(quarterId, contextId);
    return sending && connection.quic().sendDatagram(prefix, payload);
  }

  void maxDatagramChanged() {
    listener.ifPresent(StreamListener::maxDatagramChanged);
  }
}
