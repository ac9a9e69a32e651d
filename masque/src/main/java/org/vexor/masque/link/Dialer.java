package org.vexor.masque.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Connects to a proxy in one way.
public interface Dialer {
  /// Of HTTP/3, or of TCP, for people.
  String name();

  /// Makes ready what does not depend on the proxy and takes time the first time, such as keys,
  /// trust and ports. Done when the rest is only the proxy's and the network's time; what fails
  /// here fails again, and is told, in [#dial].
  default CompletionStage<Void> prepare() {
    return CompletableFuture.completedStage(null);
  }

  /// Connects. Fails with [DialException].
  CompletionStage<ProxyLink> dial();
}
