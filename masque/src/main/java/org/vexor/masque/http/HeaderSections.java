package org.vexor.masque.http;

import io.netty.handler.codec.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Header sections in Netty's form, and back. HTTP/2 and HTTP/3 have the same pseudo-header fields
/// (RFC 9113 §8.3, RFC 9114 §4.3), and one type of Netty's stands above those of both.
public final class HeaderSections {
  private static final String METHOD = ":method";
  private static final String SCHEME = ":scheme";
  private static final String AUTHORITY = ":authority";
  private static final String PATH = ":path";
  private static final String PROTOCOL = ":protocol";
  private static final String STATUS = ":status";

  private HeaderSections() {}

  /// Writes a request.
  ///
  /// @return `headers`
  public static <H extends Headers<CharSequence, CharSequence, ?>> H put(
      RequestHead head, H headers) {
    headers.set(METHOD, head.method());
    headers.set(AUTHORITY, head.authority());
    if (!head.isConnectTcp()) {
      headers.set(SCHEME, head.scheme());
      headers.set(PATH, head.path());
    }
    head.protocol().ifPresent(protocol -> headers.add(PROTOCOL, protocol));
    head.fields().lines().forEach(line -> headers.add(line.getKey(), line.getValue()));
    return headers;
  }

  /// Writes a response.
  ///
  /// @return `headers`
  public static <H extends Headers<CharSequence, CharSequence, ?>> H put(
      ResponseHead head, H headers) {
    headers.set(STATUS, Integer.toString(head.status()));
    head.fields().lines().forEach(line -> headers.add(line.getKey(), line.getValue()));
    return headers;
  }

  /// Reads a request; what is missing is empty.
  public static RequestHead request(Headers<CharSequence, CharSequence, ?> headers) {
    return new RequestHead(
        text(headers.get(METHOD)),
        Optional.ofNullable(headers.get(PROTOCOL)).map(CharSequence::toString),
        text(headers.get(SCHEME)),
        text(headers.get(AUTHORITY)),
        text(headers.get(PATH)),
        fields(headers));
  }

  /// Reads a response; empty when it has no status, or one that is none.
  public static Optional<ResponseHead> response(Headers<CharSequence, CharSequence, ?> headers) {
    String status = text(headers.get(STATUS));
    return status.matches("[1-9][0-9][0-9]")
        ? Optional.of(new ResponseHead(Integer.parseInt(status), fields(headers)))
        : Optional.empty();
  }

  private static String text(@Nullable CharSequence value) {
    return value == null ? "" : value.toString();
  }

  private static FieldLines fields(Headers<CharSequence, CharSequence, ?> headers) {
    List<Map.Entry<String, String>> lines = new ArrayList<>(headers.size());
    for (Map.Entry<CharSequence, CharSequence> each : headers) {
      String name = each.getKey().toString();
      if (!name.startsWith(":")) {
        lines.add(Map.entry(name, each.getValue().toString()));
      }
    }
    return FieldLines.of(lines);
  }
}
