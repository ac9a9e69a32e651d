package org.vexor.masque.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseExpectation;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.StreamListener;

/// The client's side of a connection: sends its request, waits for the answer.
final class ClientHandler extends TunnelHandler {
  private static final int FIRST_FINAL = 200;
  private static final int SWITCHING_PROTOCOLS = 101;

  private final HttpClientCodec codec;
  private final Http1Stream stream;
  private final RequestHead head;
  private final ResponseExpectation expectation;
  private Optional<HttpResponse> response = Optional.empty();
  private ByteBuf behindAnswer = Unpooled.EMPTY_BUFFER;

  ClientHandler(
      HttpClientCodec codec, Http1Stream stream, RequestHead head, ResponseHandler responses) {
    super(stream);
    this.codec = codec;
    this.stream = stream;
    this.head = head;
    this.expectation = new ResponseExpectation(responses);
  }

  void send() {
    var _ = stream.channel().write(Heads.of(head));
    var _ = stream.channel().writeAndFlush(new DefaultLastHttpContent());
  }

  @Override
  void message(Object message) {
    try {
      if (message instanceof HttpResponse begun) {
        int status = begun.status().code();
        boolean interim = status < FIRST_FINAL && status != SWITCHING_PROTOCOLS;
        response = interim ? Optional.empty() : Optional.of(begun);
        if (response.isPresent() && !begun.decoderResult().isSuccess()) {
          malformed("a response that is none");
        } else if (response.isPresent() && !isTunnel(begun)) {
          // What its body says is of no interest.
          answer(Heads.response(begun, head));
        }
      } else if (message instanceof LastHttpContent && response.isPresent()) {
        answer(Heads.response(response.get(), head));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private boolean isTunnel(HttpResponse begun) {
    int status = begun.status().code();
    return head.protocol().isPresent()
        ? status == SWITCHING_PROTOCOLS
        : status >= FIRST_FINAL && status < 300;
  }

  private void answer(Optional<ResponseHead> answer) {
    if (answer.isEmpty()) {
      malformed("an answer to an Upgrade that does not switch protocols");
      return;
    }
    boolean tunnel = answer.get().isSuccess();
    if (tunnel) {
      // First, as the listener may send at once. What came behind the answer comes out of the
      // codec.
      stream.channel().pipeline().remove(codec);
      if (head.protocol().isEmpty()) {
        stream.becomeTcpTunnel();
      }
    }
    Optional<StreamListener> listener = expectation.received(stream, answer);
    listener.ifPresent(stream::listener);
    try {
      listener.ifPresent(each -> each.data(behindAnswer));
    } finally {
      behindAnswer.release();
      behindAnswer = Unpooled.EMPTY_BUFFER;
    }
    if (!tunnel) {
      var _ = stream.channel().close();
    }
  }

  @Override
  void early(ByteBuf bytes) {
    behindAnswer = behindAnswer.isReadable() ? Unpooled.wrappedBuffer(behindAnswer, bytes) : bytes;
  }

  private void malformed(String what) {
    expectation.ended(stream, RequestFailure.Kind.MALFORMED, 0, what);
  }

  @Override
  void endedUnheard() {
    expectation.ended(
        stream, RequestFailure.Kind.STREAM, 0, "the connection ended without an answer");
  }
}
