package org.vexor.tpu.send;

/// How a transaction ended for the sender; each accepted one ends once.
public enum Ending {
  /// [TransactionSender#landed] was called for it.
  LANDED,

  /// Its last valid slot passed.
  EXPIRED,

  /// The sender's own time limit passed.
  TIMED_OUT,

  /// At least one leader acknowledged it, and the sender was told not to send again.
  DELIVERED,

  /// No attempt was acknowledged, and the sender was told not to send again.
  UNDELIVERED,

  /// [TransactionSender#cancel] was called for it.
  CANCELLED,

  /// The sender was closed.
  CLOSED
}
