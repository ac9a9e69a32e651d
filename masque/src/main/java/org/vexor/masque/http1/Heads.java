package org.vexor.masque.http1;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHead;

/// Header sections in Netty's form, and back. A tunnel's request is an Upgrade here and Extended
/// CONNECT elsewhere; its 101 is a 200 elsewhere.
final class Heads {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int OK = 200;

  private Heads() {}

  static HttpRequest of(RequestHead head) {
    boolean tcp = head.isConnectTcp();
    String method = head.protocol().isPresent() ? HttpMethod.GET.name() : head.method();
    var request =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), tcp ? head.authority() : head.path());
    request.headers().set("host", head.authority());
    head.protocol()
        .ifPresent(
            protocol -> {
              request.headers().set("connection", Http1Connection.UPGRADE);
              request.headers().set(Http1Connection.UPGRADE, protocol);
            });
    head.fields().lines().forEach(line -> request.headers().add(line.getKey(), line.getValue()));
    return request;
  }

  /// What the answer to a request for a tunnel says, 101 as 200; empty when it is a 101 that does
  /// not switch to what was asked for, or a success that does not switch.
  static Optional<ResponseHead> response(HttpResponse response, RequestHead request) {
    int status = response.status().code();
    FieldLines fields = fields(response.headers());
    if (request.protocol().isEmpty()) {
      return Optional.of(new ResponseHead(status, fields));
    }
    if (status != SWITCHING_PROTOCOLS) {
      return status >= OK && status < 300
          ? Optional.empty()
          : Optional.of(new ResponseHead(status, fields));
    }
    boolean switched =
        lists(fields, "connection", Http1Connection.UPGRADE)
            && fields.single(Http1Connection.UPGRADE).equals(request.protocol());
    return switched ? Optional.of(new ResponseHead(OK, fields)) : Optional.empty();
  }

  /// Empty when it is no request that a tunnel or an answer can be made of.
  static Optional<RequestHead> request(HttpRequest request) {
    FieldLines fields = fields(request.headers());
    Optional<String> host = fields.single("host");
    boolean sound =
        request.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && host.isPresent()
            && request.decoderResult().isSuccess();
    if (!sound) {
      return Optional.empty();
    }
    if (request.method().equals(HttpMethod.CONNECT)) {
      return Optional.of(
          new RequestHead(
              RequestHead.CONNECT, Optional.empty(), "", request.uri(), "", withoutHops(fields)));
    }
    List<String> upgrades = fields.values(Http1Connection.UPGRADE);
    boolean upgrade =
        request.method().equals(HttpMethod.GET)
            && lists(fields, "connection", Http1Connection.UPGRADE)
            && upgrades.size() == 1;
    return Optional.of(
        new RequestHead(
            upgrade ? RequestHead.CONNECT : request.method().name(),
            upgrade ? Optional.of(upgrades.getFirst()) : Optional.empty(),
            "https",
            host.get(),
            path(request.uri()),
            withoutHops(fields)));
  }

  /// Of the absolute form, too.
  private static String path(String uri) {
    int scheme = uri.indexOf("://");
    if (uri.startsWith("/") || scheme < 0) {
      return uri;
    }
    int path = uri.indexOf('/', scheme + 3);
    return path < 0 ? "/" : uri.substring(path);
  }

  private static boolean lists(FieldLines fields, String name, String word) {
    for (String value : fields.values(name)) {
      for (String each : value.split(",", -1)) {
        if (each.trim().toLowerCase(Locale.ROOT).equals(word)) {
          return true;
        }
      }
    }
    return false;
  }

  static HttpResponse of(ResponseHead head, Optional<String> protocol) {
    boolean switching = protocol.isPresent() && head.isSuccess();
    int status = switching ? SWITCHING_PROTOCOLS : head.status();
    var response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    head.fields().lines().forEach(line -> response.headers().add(line.getKey(), line.getValue()));
    if (switching) {
      response.headers().set("connection", Http1Connection.UPGRADE);
      response.headers().set(Http1Connection.UPGRADE, protocol.get());
    }
    return response;
  }

  private static FieldLines fields(HttpHeaders headers) {
    return FieldLines.of(headers.entries());
  }

  /// Fields that concern this connection only.
  private static FieldLines withoutHops(FieldLines fields) {
    return FieldLines.of(
        fields.lines().stream()
            .filter(
                line ->
                    !line.getKey().equals("connection")
                        && !line.getKey().equals(Http1Connection.UPGRADE)
                        && !line.getKey().equals("host"))
            .toList());
  }
}
