package org.vexor.tpu.server;

/// Why a server ends a connection, as clients read it (agave streamer/src/nonblocking/quic.rs).
enum ServerClose {
  DROPPED(1, "dropped"),
  DISALLOWED(2, "disallowed"),
  TOO_MANY(4, "too_many"),
  INVALID_STREAM(5, "invalid_stream");

  private final int code;
  private final String text;

  ServerClose(int code, String text) {
    this.code = code;
    this.text = text;
  }

  int code() {
    return code;
  }

  String text() {
    return text;
  }
}
