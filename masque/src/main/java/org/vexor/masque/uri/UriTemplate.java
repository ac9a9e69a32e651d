package org.vexor.masque.uri;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The URI template of a proxy, such as
/// `https://proxy.example:4443/.well-known/masque/udp/{target_host}/{target_port}/`.
///
/// A template of RFC 6570 with simple and query expressions, absolute, variables in path and query
/// only (RFC 9298 §2). Immutable.
public final class UriTemplate {
  /// Variable: the target's host.
  public static final String TARGET_HOST = "target_host";

  /// Variable: the target's UDP port.
  public static final String TARGET_PORT = "target_port";

  /// Path of CONNECT-UDP where nothing else was agreed on (RFC 9298 §3).
  public static final String DEFAULT_UDP_PATH =
      "/.well-known/masque/udp/{" + TARGET_HOST + "}/{" + TARGET_PORT + "}/";

  private static final int HTTPS_PORT = 443;
  private static final String SCHEME = "https";
  private static final String START = SCHEME + "://";
  private static final Set<String> NEEDED = Set.of(TARGET_HOST, TARGET_PORT);

  private final String text;
  private final String host;
  private final int port;
  private final String authority;
  private final List<TemplatePart> parts;

  private UriTemplate(
      String text, String host, int port, String authority, List<TemplatePart> parts) {
    this.text = text;
    this.host = host;
    this.port = port;
    this.authority = authority;
    this.parts = parts;
  }

  /// What a user names a proxy by: a whole template, or `https://HOST:PORT`, which stands for the
  /// default path there.
  ///
  /// @throws IllegalArgumentException when it is neither
  public static UriTemplate ofProxy(String url) {
    if (url.contains("{")) {
      return parse(url);
    }
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (base.startsWith(START) && base.indexOf('/', START.length()) >= 0) {
      throw refused(url, "a path without {target_host} and {target_port}");
    }
    return parse(base + DEFAULT_UDP_PATH);
  }

  /// Reads a template.
  ///
  /// @throws IllegalArgumentException when RFC 9298 §2 does not allow it
  public static UriTemplate parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        throw refused(text, "character " + (int) text.charAt(i) + " at " + i);
      }
    }
    if (!text.startsWith(START)) {
      throw refused(text, "it does not begin with " + START);
    }
    int path = text.indexOf('/', START.length());
    if (path < 0) {
      throw refused(text, "it has no path");
    }
    if (text.indexOf('#') >= 0) {
      throw refused(text, "it has a fragment");
    }
    String authority = text.substring(START.length(), path);
    URI base = base(text, authority);
    List<TemplatePart> parts = TemplateParser.parse(text, path);
    var variables = new TreeSet<String>();
    parts.forEach(part -> variables.addAll(part.variables()));
    if (!variables.containsAll(NEEDED)) {
      throw refused(text, "it needs the variables {target_host} and {target_port}");
    }
    if (variables.size() != NEEDED.size()) {
      variables.removeAll(NEEDED);
      throw refused(text, "unknown variables " + variables);
    }
    int port = base.getPort() < 0 ? HTTPS_PORT : base.getPort();
    return new UriTemplate(text, plain(base.getHost()), port, authority, parts);
  }

  private static URI base(String text, String authority) {
    try {
      URI base = new URI(START + authority + "/");
      int port = base.getPort();
      if (base.getHost() != null && base.getUserInfo() == null && port != 0 && port <= 0xffff) {
        return base;
      }
    } catch (URISyntaxException _) {
      // Refused below, with the whole text.
    }
    throw refused(text, "'" + authority + "' is not HOST or HOST:PORT");
  }

  /// Without the brackets of an IPv6 address.
  private static String plain(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is no URI template of a proxy: "
            + why
            + "; give https://HOST:PORT or https://HOST:PORT/PATH/{target_host}/{target_port}/");
  }

  /// The proxy's host, without brackets.
  public String host() {
    return host;
  }

  /// The proxy's port.
  public int port() {
    return port;
  }

  /// `:authority` of requests, as it was written.
  public String authority() {
    return authority;
  }

  /// `:path` of a request for this target.
  public String path(UdpTarget target) {
    return expand(Map.of(TARGET_HOST, target.host(), TARGET_PORT, Integer.toString(target.port())));
  }

  private String expand(Map<String, String> values) {
    var path = new StringBuilder();
    for (TemplatePart part : parts) {
      part.expand(path, values);
    }
    return path.toString();
  }

  /// The values that make the template this path, each decoded once; empty when none do.
  public Optional<Map<String, String>> match(String path) {
    var encoded = new LinkedHashMap<String, String>();
    if (!match(path, encoded)) {
      return Optional.empty();
    }
    var values = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> each : encoded.entrySet()) {
      Optional<String> value = PercentCoding.decode(each.getValue());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.put(each.getKey(), value.get());
    }
    return values.keySet().containsAll(NEEDED) ? Optional.of(values) : Optional.empty();
  }

  /// Each part takes what it can: values hold no character that a literal could begin with, or the
  /// template cannot be matched.
  private boolean match(String path, Map<String, String> values) {
    int at = 0;
    for (TemplatePart part : parts) {
      at = part.match(path, at, values);
      if (at < 0) {
        return false;
      }
    }
    return at == path.length();
  }

  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UriTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
