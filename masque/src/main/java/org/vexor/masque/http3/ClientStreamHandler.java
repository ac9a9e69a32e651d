package org.vexor.masque.http3;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import java.util.Optional;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.StreamError;

/// A request stream on the client's side: sends its request, waits for the response.
final class ClientStreamHandler extends StreamHandler {
  private final RequestHead head;
  private final ResponseHandler responses;
  private boolean failed;

  ClientStreamHandler(
      Http3Connection connection, Http3Stream stream, RequestHead head, ResponseHandler responses) {
    super(connection, stream);
    this.head = head;
    this.responses = responses;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var _ =
        context.writeAndFlush(
            new DefaultHttp3HeadersFrame(Heads.of(head)), context.channel().voidPromise());
    context.fireChannelActive();
  }

  @Override
  void headers(Http3HeadersFrame frame) {
    if (stream().listener().isPresent() || failed) {
      return;
    }
    Optional<ResponseHead> response = Heads.response(frame.headers());
    if (response.isEmpty()) {
      stream().abort(StreamError.MESSAGE);
      fail(new RequestFailure(RequestFailure.Kind.MALFORMED, 0, "a response without a status"));
    } else if (!response.get().isInterim()) {
      stream().listener(responses.response(stream(), response.get()));
    }
  }

  @Override
  void endedUnheard(long code, String how) {
    stream().abort(StreamError.CANCELLED);
    fail(new RequestFailure(RequestFailure.Kind.STREAM, code, "no response: " + how));
  }

  private void fail(RequestFailure failure) {
    if (!failed) {
      failed = true;
      responses.failed(failure);
    }
  }
}
