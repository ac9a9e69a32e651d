package org.vexor.packet;

/// The memory of an engine.
///
/// @param maxPayloadBytes largest datagram payload that its ports send and receive
/// @param receiveFrames frames for received datagrams, those retained by users included
/// @param sendFrames datagrams that a port can have committed and not sent
public record EngineOptions(int maxPayloadBytes, int receiveFrames, int sendFrames) {
  /// The largest UDP payload over IPv4: 65535 less 20 and 8 bytes of headers.
  public static final int MAX_UDP_PAYLOAD_BYTES = 65_507;

  /// 1472 bytes (a 1500-byte MTU over IPv4), 4096 and 1024 frames.
  public static final EngineOptions DEFAULT = new EngineOptions(1472, 4096, 1024);

  public EngineOptions {
    if (maxPayloadBytes < 1 || maxPayloadBytes > MAX_UDP_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "maxPayloadBytes " + maxPayloadBytes + " is not between 1 and 65507");
    }
    if (receiveFrames < 2 || sendFrames < 1) {
      throw new IllegalArgumentException(
          "too few frames: receive "
              + receiveFrames
              + " (at least 2), send "
              + sendFrames
              + " (at least 1)");
    }
  }

  public EngineOptions withMaxPayloadBytes(int bytes) {
    return new EngineOptions(bytes, receiveFrames, sendFrames);
  }

  public EngineOptions withFrames(int receive, int send) {
    return new EngineOptions(maxPayloadBytes, receive, send);
  }
}
