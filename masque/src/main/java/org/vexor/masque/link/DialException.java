package org.vexor.masque.link;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// A proxy could not be reached over one HTTP version; the message is the reason, in one line.
public final class DialException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DialException(String message) {
    super(message);
  }

  /// The reason behind a failed stage, in one line.
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return cause instanceof DialException && message != null
        ? message
        : cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
