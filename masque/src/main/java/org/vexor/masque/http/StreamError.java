package org.vexor.masque.http;

/// Why a stream is given up, with the error code of each HTTP version that has one (RFC 9114 §8.1,
/// RFC 9113 §7). HTTP/1.1 closes its connection.
public enum StreamError {
  /// Nothing is wrong; the peer should send no more.
  NONE(0x100, 0x0),
  /// Something failed on this side.
  INTERNAL(0x102, 0x2),
  /// The peer asks for too much.
  EXCESSIVE_LOAD(0x107, 0xb),
  /// Not worked on at all; may be tried again.
  REJECTED(0x10b, 0x7),
  /// No longer wanted.
  CANCELLED(0x10c, 0x8),
  /// What was sent is malformed, such as a capsule cut short (RFC 9297 §3.3).
  MESSAGE(0x10e, 0x1),
  /// What the tunnel leads to is gone.
  CONNECT(0x10f, 0xa),
  /// A datagram for a request that takes none (RFC 9297 §2).
  DATAGRAM(0x33, 0x1);

  private final int http3;
  private final int http2;

  StreamError(int http3, int http2) {
    this.http3 = http3;
    this.http2 = http2;
  }

  /// Its code in HTTP/3.
  public int http3() {
    return http3;
  }

  /// Its code in HTTP/2.
  public int http2() {
    return http2;
  }
}
