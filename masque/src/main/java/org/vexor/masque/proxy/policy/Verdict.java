package org.vexor.masque.proxy.policy;

/// Whether clients may go to an address.
public sealed interface Verdict {
  /// They may.
  record Allowed() implements Verdict {}

  /// They may not.
  ///
  /// @param why as may be told to the client: a kind of range, not the operator's rule
  record Denied(String why) implements Verdict {}
}
