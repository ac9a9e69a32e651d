package org.vexor.masque.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHead;
import org.vexor.masque.http.ServerStream;

/// The server's side of a connection: one request, then its tunnel or its end.
final class ServerHandler extends TunnelHandler {
  private static final int BAD_REQUEST = 400;

  private final Answering stream;
  private final RequestHandler requests;
  private Optional<HttpRequest> request = Optional.empty();
  private boolean complete;

  ServerHandler(HttpServerCodec codec, Channel channel, RequestHandler requests) {
    var stream = new Answering(channel, codec);
    super(stream);
    this.stream = stream;
    this.requests = requests;
  }

  @Override
  void message(Object message) {
    try {
      if (complete) {
        // Something behind the request and before its answer; nobody may have sent that.
        var _ = stream.channel().close();
      } else if (message instanceof HttpRequest begun) {
        request = Optional.of(begun);
      }
      if (message instanceof LastHttpContent && request.isPresent() && !complete) {
        complete = true;
        answer(request.get());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void answer(HttpRequest sent) {
    Optional<RequestHead> head = Heads.request(sent);
    HttpHeaders headers = sent.headers();
    boolean content = headers.contains("content-length") || headers.contains("transfer-encoding");
    boolean tunnel = head.filter(each -> each.method().equals(RequestHead.CONNECT)).isPresent();
    if (head.isEmpty() || (tunnel && content)) {
      stream.respond(new ResponseHead(BAD_REQUEST, FieldLines.EMPTY), true);
      return;
    }
    stream.protocol = head.get().protocol();
    // Until there is an answer nothing more is read, so that nothing can be taken for the tunnel's.
    stream.setReading(false);
    stream.listener(requests.request(stream, head.get()));
    stream.begin();
  }

  /// It came before the answer, so nobody may have sent it.
  @Override
  void early(ByteBuf bytes) {
    bytes.release();
    var _ = stream.channel().close();
  }

  @Override
  void endedUnheard() {
    // There was no request.
  }

  /// A request that waits for its answer, and the tunnel after it.
  private static final class Answering extends Http1Stream implements ServerStream {
    private final HttpServerCodec codec;
    private Optional<String> protocol = Optional.empty();
    private boolean responded;
    private boolean granted;

    private Answering(Channel channel, HttpServerCodec codec) {
      super(channel);
      this.codec = codec;
    }

    @Override
    public void respond(ResponseHead head, boolean last) {
      if (responded) {
        throw new IllegalStateException("the request has its response already");
      }
      responded = true;
      HttpResponse response = Heads.of(head, protocol);
      granted = head.isSuccess() && !last;
      if (!granted) {
        response.headers().set("connection", "close");
        response.headers().set("content-length", "0");
      }
      var _ = channel().write(response);
      var sent = channel().writeAndFlush(new DefaultLastHttpContent());
      if (granted) {
        // At once, as what is sent next are bytes of the tunnel.
        channel().pipeline().remove(codec);
        if (protocol.isEmpty()) {
          becomeTcpTunnel();
        }
        begin();
      } else {
        sent.addListener(ChannelFutureListener.CLOSE);
      }
    }

    /// Reads on as soon as the tunnel is granted and has its listener.
    private void begin() {
      if (granted && listener().isPresent()) {
        setReading(true);
      }
    }
  }
}
