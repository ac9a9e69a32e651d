package org.vexor.masque.http3;

import io.netty.handler.codec.http3.Http3Settings;

/// What the peer said in its SETTINGS.
///
/// @param extendedConnect it takes Extended CONNECT (0x08, RFC 9220)
/// @param datagrams it takes HTTP datagrams (0x33, RFC 9297)
public record PeerSettings(boolean extendedConnect, boolean datagrams) {
  static PeerSettings of(Http3Settings settings) {
    return new PeerSettings(
        Boolean.TRUE.equals(settings.connectProtocolEnabled()),
        Boolean.TRUE.equals(settings.h3DatagramEnabled()));
  }
}
