package org.vexor.node.status;

/// A node could not be asked, or cannot be asked: what was tried, and what to do.
public final class StatusException extends Exception {
  private static final long serialVersionUID = 1L;

  public StatusException(String message) {
    super(message);
  }

  public StatusException(String message, Throwable cause) {
    super(message, cause);
  }
}
