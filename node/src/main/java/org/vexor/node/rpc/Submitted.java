package org.vexor.node.rpc;

/// What the source says to a transaction.
public sealed interface Submitted {
  /// It will be sent, or has been before.
  record Accepted() implements Submitted {}

  /// It will not.
  record Refused(String why) implements Submitted {}
}
