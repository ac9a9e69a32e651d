package org.vexor.masque.http3;

import io.netty.handler.codec.http3.Http3HeadersFrame;
import org.vexor.masque.http.HeaderSections;
import org.vexor.masque.http.RequestHandler;

/// A request stream on the server's side.
final class ServerStreamHandler extends StreamHandler {
  private final RequestHandler requests;

  ServerStreamHandler(Http3Connection connection, Http3Stream stream, RequestHandler requests) {
    super(connection, stream);
    this.requests = requests;
  }

  @Override
  void headers(Http3HeadersFrame frame) {
    // A second section is trailers, which mean nothing to tunnels.
    if (stream().listener().isEmpty()) {
      stream().listener(requests.request(stream(), HeaderSections.request(frame.headers())));
    }
  }

  @Override
  void endedUnheard(long code, String how) {
    // There was no request.
  }
}
