package org.vexor.masque.link;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// A proxy could not be reached over one HTTP version; the message is the reason, in one line.
public final class DialException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Stage stage;

  /// How far it got.
  public enum Stage {
    /// The proxy's name has no address.
    NAME,
    /// No socket here, or no TCP connection to the proxy.
    CONNECTION,
    /// QUIC's or TLS's handshake failed, or led to the wrong proxy.
    HANDSHAKE,
    /// The proxy said nothing of what it can do, or cannot do what is needed.
    SETTINGS
  }

  DialException(Stage stage, String message) {
    super(message);
    this.stage = stage;
  }

  /// How far the dial got.
  public Stage stage() {
    return stage;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  /// How far a dial got whose stage failed; empty when something else than a dial failed.
  public static Optional<Stage> stage(Throwable failure) {
    return cause(failure) instanceof DialException dial
        ? Optional.of(dial.stage)
        : Optional.empty();
  }

  /// The reason behind a failed stage, in one line.
  public static String reason(Throwable failure) {
    Throwable cause = cause(failure);
    String message = cause.getMessage();
    return cause instanceof DialException && message != null
        ? message
        : cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
