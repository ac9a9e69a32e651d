package org.vexor.masque.http3;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import org.vexor.masque.http.HeaderSections;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseExpectation;
import org.vexor.masque.http.ResponseHandler;

/// A request stream on the client's side: sends its request, waits for the response.
final class ClientStreamHandler extends StreamHandler {
  private final RequestHead head;
  private final ResponseExpectation expectation;

  ClientStreamHandler(
      Http3Connection connection, Http3Stream stream, RequestHead head, ResponseHandler responses) {
    super(connection, stream);
    this.head = head;
    this.expectation = new ResponseExpectation(responses);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var _ =
        context.writeAndFlush(
            new DefaultHttp3HeadersFrame(HeaderSections.put(head, new DefaultHttp3Headers())),
            context.channel().voidPromise());
    context.fireChannelActive();
  }

  @Override
  void headers(Http3HeadersFrame frame) {
    // A later section is trailers, which mean nothing to tunnels.
    if (stream().listener().isEmpty()) {
      expectation
          .received(stream(), HeaderSections.response(frame.headers()))
          .ifPresent(stream()::listener);
    }
  }

  @Override
  void endedUnheard(long code, String how) {
    expectation.ended(stream(), RequestFailure.Kind.STREAM, code, how);
  }
}
