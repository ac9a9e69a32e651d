package org.vexor.masque.http2;

import io.netty.handler.codec.http2.Http2Settings;

/// What the peer said in its first SETTINGS.
///
/// @param extendedConnect it takes Extended CONNECT (0x08, RFC 8441 §3)
/// @param streams that it lets us have open
public record PeerSettings(boolean extendedConnect, long streams) {
  static PeerSettings of(Http2Settings settings) {
    Long streams = settings.maxConcurrentStreams();
    return new PeerSettings(
        Boolean.TRUE.equals(settings.connectProtocolEnabled()),
        streams == null ? Long.MAX_VALUE : streams);
  }
}
