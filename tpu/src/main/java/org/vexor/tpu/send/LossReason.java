package org.vexor.tpu.send;

/// Why an attempt came to nothing. The transaction may still be on its way to other targets, or be
/// sent again.
public enum LossReason {
  /// So much waits for this target that no more is taken.
  QUEUE_FULL,

  /// No connection came about while it waited.
  NO_CONNECTION,

  /// It waited for stream credit until it was too old.
  STALE,

  /// The connection ended before the acknowledgement; it may have arrived.
  CONNECTION_LOST,

  /// The leader asked to stop before it had all of it (STOP_SENDING).
  STOPPED,

  /// The leader called a stream invalid (close code 5), and this was among them: it is not sent
  /// there again.
  INVALID,

  /// It landed, or ended otherwise, while it waited.
  NO_LONGER_WANTED,

  /// The sender was closed.
  CLOSED
}
