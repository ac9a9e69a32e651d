package org.vexor.masque.http3;

import org.vexor.masque.datagram.EarlyLimits;

/// How one side speaks HTTP/3.
///
/// @param datagrams whether to offer HTTP datagrams; without them capsules are used
/// @param extendedConnect whether to offer Extended CONNECT; a server's affair
/// @param early datagrams to hold for requests that are not there yet
/// @param maxHeaderBytes largest header section to take
public record Http3Options(
    boolean datagrams, boolean extendedConnect, EarlyLimits early, int maxHeaderBytes) {
  private static final int MAX_HEADER_BYTES = 16 << 10;

  /// Of a client, with datagrams.
  public static final Http3Options CLIENT =
      new Http3Options(true, false, EarlyLimits.DEFAULT, MAX_HEADER_BYTES);

  /// Of a proxy, with datagrams and Extended CONNECT.
  public static final Http3Options SERVER =
      new Http3Options(true, true, EarlyLimits.DEFAULT, MAX_HEADER_BYTES);

  public Http3Options withDatagrams(boolean offered) {
    return new Http3Options(offered, extendedConnect, early, maxHeaderBytes);
  }

  public Http3Options withExtendedConnect(boolean offered) {
    return new Http3Options(datagrams, offered, early, maxHeaderBytes);
  }

  public Http3Options withEarly(EarlyLimits limits) {
    return new Http3Options(datagrams, extendedConnect, limits, maxHeaderBytes);
  }
}
