package org.vexor.masque.http1;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpServerCodec;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;

/// HTTP/1.1 on a TLS connection, which carries one request.
public final class Http1Connection {
  /// The header `Upgrade`'s and `Connection`'s names and words.
  static final String UPGRADE = "upgrade";

  private Http1Connection() {}

  /// Sends a request on a channel whose TLS handshake is done, on its event loop. The connection
  /// ends with the tunnel, or with a refusal.
  public static void request(Channel channel, RequestHead head, ResponseHandler handler) {
    var codec = new HttpClientCodec();
    var client = new ClientHandler(codec, new Http1Stream(channel), head, handler);
    channel.pipeline().addLast(codec, client);
    client.send();
  }

  /// Answers the request of a channel whose TLS handshake is done.
  public static void server(Channel channel, RequestHandler requests) {
    var codec = new HttpServerCodec();
    channel.pipeline().addLast(codec, new ServerHandler(codec, channel, requests));
  }
}
