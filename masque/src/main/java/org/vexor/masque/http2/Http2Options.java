package org.vexor.masque.http2;

/// How one side speaks HTTP/2.
///
/// @param extendedConnect whether to offer Extended CONNECT; a server's affair
/// @param streams that the peer may have open
/// @param streamWindowBytes what the peer may send on a stream beyond what was read
/// @param connectionWindowBytes the same of all streams together
/// @param maxHeaderBytes largest header section to take
public record Http2Options(
    boolean extendedConnect,
    int streams,
    int streamWindowBytes,
    int connectionWindowBytes,
    int maxHeaderBytes) {
  private static final int MAX_HEADER_BYTES = 16 << 10;

  /// Of a client; a window for 100 Mbit/s at 80 ms.
  public static final Http2Options CLIENT =
      new Http2Options(false, 0, 1 << 20, 4 << 20, MAX_HEADER_BYTES);

  /// Of a proxy, with Extended CONNECT.
  public static final Http2Options SERVER =
      new Http2Options(true, 100, 1 << 20, 4 << 20, MAX_HEADER_BYTES);

  public Http2Options withExtendedConnect(boolean offered) {
    return new Http2Options(
        offered, streams, streamWindowBytes, connectionWindowBytes, maxHeaderBytes);
  }

  public Http2Options withStreams(int count) {
    return new Http2Options(
        extendedConnect, count, streamWindowBytes, connectionWindowBytes, maxHeaderBytes);
  }
}
