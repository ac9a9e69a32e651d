package org.vexor.node.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.vexor.node.masque.MasqueConfig;
import org.vexor.node.masque.ProxyUse;

/// A proxy that is started and connected to while the rest of a program starts: in a young JVM most
/// of the way to a proxy is the loading of code. One thread begins, awaits and closes.
final class ProxyStart implements AutoCloseable {
  private final Optional<FutureTask<ProxyUse>> starting;
  private boolean closed;

  private ProxyStart(Optional<FutureTask<ProxyUse>> starting) {
    this.starting = starting;
  }

  /// Begins, where a proxy is asked for.
  ///
  /// @throws UserException when the options are wrong
  static ProxyStart begin(MasqueOptions options, PrintWriter messages) throws UserException {
    Optional<MasqueConfig> wanted = options.wanted();
    var start =
        new ProxyStart(
            wanted.map(config -> new FutureTask<>(() -> MasqueOptions.start(config, messages))));
    start.starting.ifPresent(task -> Thread.ofPlatform().daemon().name("masque-start").start(task));
    return start;
  }

  /// Waits until it is started, and verified where it is required. Empty where none is asked for.
  ///
  /// @throws UserException when something is wrong, or the proxy is required and cannot be used
  Optional<ProxyUse> await() throws UserException {
    return starting.isEmpty() ? Optional.empty() : Optional.of(result(starting.get()));
  }

  private static ProxyUse result(FutureTask<ProxyUse> task) throws UserException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UserException) {
        throw new UserException(String.valueOf(cause.getMessage()), cause);
      }
      throw new IllegalStateException("the client of the MASQUE proxy cannot start", cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while the MASQUE proxy was being connected to", e);
    }
  }

  /// Closes it, if it came up.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      await().ifPresent(ProxyUse::close);
    } catch (UserException _) {
      // It did not come up; whoever waited for it was told why.
    }
  }
}
