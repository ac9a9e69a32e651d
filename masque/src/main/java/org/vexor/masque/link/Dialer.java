package org.vexor.masque.link;

import java.util.concurrent.CompletionStage;

/// Connects to a proxy in one way.
public interface Dialer {
  /// Of HTTP/3, or of TCP, for people.
  String name();

  /// Connects. Fails with [DialException].
  CompletionStage<ProxyLink> dial();
}
