package org.vexor.masque.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.util.Optional;
import org.vexor.masque.http.HeaderSections;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.ServerStream;
import org.vexor.masque.http.StreamError;
import org.vexor.masque.http.StreamListener;

/// A request on HTTP/2, of either side.
final class Http2Stream implements ServerStream {
  private final Http2StreamChannel channel;
  private Optional<StreamListener> listener = Optional.empty();
  private boolean sending = true;
  private boolean reset;
  private boolean responded;

  Http2Stream(Http2StreamChannel channel) {
    this.channel = channel;
  }

  void listener(StreamListener newListener) {
    listener = Optional.of(newListener);
  }

  Optional<StreamListener> listener() {
    return listener;
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_2;
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
      throw new IllegalStateException("the request has its response already");
    }
    responded = true;
    if (sending && channel.isActive()) {
      sending = !last;
      var _ =
          channel.writeAndFlush(
              new DefaultHttp2HeadersFrame(
                  HeaderSections.put(head, new DefaultHttp2Headers()), last));
    }
  }

  @Override
  public void write(ByteBuf bytes) {
    if (sending && channel.isActive()) {
      var _ = channel.write(new DefaultHttp2DataFrame(bytes));
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
    if (sending && channel.isActive()) {
      sending = false;
      var _ = channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
    }
  }

  @Override
  public void abort(StreamError error) {
    if (!reset && channel.isActive()) {
      reset = true;
      sending = false;
      var _ = channel.writeAndFlush(new DefaultHttp2ResetFrame(error.http2()));
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isActive();
  }
}
