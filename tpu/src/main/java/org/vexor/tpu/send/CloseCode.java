package org.vexor.tpu.send;

import java.time.Duration;
import org.vexor.quic.CloseReason;

/// Why a transaction port ended a connection, in the codes of its own (agave
/// streamer/src/nonblocking/quic.rs), and what is right then.
enum CloseCode {
  /// 1: the server needed the place for another; come again as after any loss.
  DROPPED(Duration.ZERO, true),

  /// 2: this identity is not served, by its stake or by the server's rules; those change slowly.
  DISALLOWED(Duration.ofSeconds(30), true),

  /// 3: more streams than were granted. This sender obeys the credit, so it is the server's view
  /// that differs; a pause lets it settle.
  TOO_MANY_STREAMS(Duration.ofSeconds(1), true),

  /// 4: too many connections of this identity or address, others of the same user's counted in. New
  /// ones from one address are held to 8 a minute.
  TOO_MANY_CONNECTIONS(Duration.ofSeconds(10), true),

  /// 5: something sent was no transaction to the server; what was under way is not sent there
  /// again.
  INVALID_STREAM(Duration.ofSeconds(1), false),

  /// No code of a transaction port.
  OTHER(Duration.ZERO, true);

  private final Duration pause;
  private final boolean worthAgain;

  CloseCode(Duration pause, boolean worthAgain) {
    this.pause = pause;
    this.worthAgain = worthAgain;
  }

  static CloseCode of(CloseReason reason) {
    boolean coded =
        reason.kind() == CloseReason.Kind.PEER_APPLICATION
            && reason.code() >= 1
            && reason.code() <= OTHER.ordinal();
    return coded ? values()[(int) reason.code() - 1] : OTHER;
  }

  /// How long not to connect again, at least.
  Duration pause() {
    return pause;
  }

  /// Whether what was under way may be sent there again.
  boolean worthAgain() {
    return worthAgain;
  }
}
