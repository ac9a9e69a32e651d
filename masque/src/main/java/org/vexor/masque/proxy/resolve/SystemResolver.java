package org.vexor.masque.proxy.resolve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The system's resolver with its hosts file, order and cache, each look-up on a virtual thread.
public final class SystemResolver implements HostResolver {
  /// What the C library says when nobody could be asked (gai_strerror of EAI_AGAIN, EAI_FAIL); the
  /// JDK gives its words and no number.
  private static final List<String> FAILURES =
      List.of("Temporary failure", "Non-recoverable failure", "System error");

  private final Semaphore places;
  private final Duration patience;

  /// @param patience for one look-up
  /// @param atOnce look-ups under way; further ones are refused
  public SystemResolver(Duration patience, int atOnce) {
    this.patience = patience;
    this.places = new Semaphore(atOnce);
  }

  @Override
  public CompletionStage<Resolution> resolve(String host) {
    if (!places.tryAcquire()) {
      return CompletableFuture.completedFuture(new Resolution.Busy());
    }
    var result = new CompletableFuture<Resolution>();
    // The place stays taken until the system has answered, however late.
    Thread _ =
        Thread.ofVirtual()
            .name("resolve")
            .start(
                () -> {
                  try {
                    boolean _ = result.complete(lookUp(host));
                  } finally {
                    places.release();
                  }
                });
    return result.completeOnTimeout(
        new Resolution.TimedOut(), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Resolution lookUp(String host) {
    try {
      return new Resolution.Addresses(List.of(InetAddress.getAllByName(host)));
    } catch (UnknownHostException e) {
      String message = String.valueOf(e.getMessage());
      boolean failed = FAILURES.stream().anyMatch(message::contains);
      return failed ? new Resolution.Failed(message) : new Resolution.NotFound("NXDOMAIN");
    }
  }
}
