package org.vexor.masque.proxy.resolve;

import java.util.concurrent.CompletionStage;

/// Finds the addresses of host names. Any thread; never blocks.
@FunctionalInterface
public interface HostResolver {
  /// Asks once for the addresses of both families. The stage never fails; it may be completed on
  /// any thread.
  CompletionStage<Resolution> resolve(String host);
}
