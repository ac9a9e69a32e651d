package org.vexor.masque.http2;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHead;

/// Header sections in Netty's form, and back.
final class Heads {
  private static final String PROTOCOL = Http2Headers.PseudoHeaderName.PROTOCOL.value().toString();

  private Heads() {}

  static Http2Headers of(RequestHead head) {
    var headers = new DefaultHttp2Headers();
    headers.method(head.method()).authority(head.authority());
    if (!head.isConnectTcp()) {
      headers.scheme(head.scheme()).path(head.path());
    }
    head.protocol().ifPresent(protocol -> headers.add(PROTOCOL, protocol));
    head.fields().lines().forEach(line -> headers.add(line.getKey(), line.getValue()));
    return headers;
  }

  static Http2Headers of(ResponseHead head) {
    var headers = new DefaultHttp2Headers().status(Integer.toString(head.status()));
    head.fields().lines().forEach(line -> headers.add(line.getKey(), line.getValue()));
    return headers;
  }

  static RequestHead request(Http2Headers headers) {
    return new RequestHead(
        text(headers.method()),
        Optional.ofNullable(headers.get(PROTOCOL)).map(CharSequence::toString),
        text(headers.scheme()),
        text(headers.authority()),
        text(headers.path()),
        fields(headers));
  }

  /// Empty when it has no status, or one that is none.
  static Optional<ResponseHead> response(Http2Headers headers) {
    String status = text(headers.status());
    return status.matches("[1-9][0-9][0-9]")
        ? Optional.of(new ResponseHead(Integer.parseInt(status), fields(headers)))
        : Optional.empty();
  }

  private static String text(@Nullable CharSequence value) {
    return value == null ? "" : value.toString();
  }

  private static FieldLines fields(Http2Headers headers) {
    List<Map.Entry<String, String>> lines = new ArrayList<>(headers.size());
    for (Map.Entry<CharSequence, CharSequence> each : headers) {
      if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(each.getKey())) {
        lines.add(Map.entry(each.getKey().toString(), each.getValue().toString()));
      }
    }
    return FieldLines.of(lines);
  }
}
