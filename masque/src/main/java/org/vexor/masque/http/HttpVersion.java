package org.vexor.masque.http;

/// The HTTP versions that carry tunnels; better ones first.
public enum HttpVersion {
  HTTP_3("HTTP/3", "h3"),
  HTTP_2("HTTP/2", "h2"),
  HTTP_1_1("HTTP/1.1", "http/1.1");

  private final String label;
  private final String alpn;

  HttpVersion(String label, String alpn) {
    this.label = label;
    this.alpn = alpn;
  }

  /// For people.
  public String label() {
    return label;
  }

  /// Its name in TLS (ALPN).
  public String alpn() {
    return alpn;
  }
}
