package org.vexor.packet;

/// A port or an engine could not be opened. The message says what was tried, with which values, and
/// how to mend it.
public final class PortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PortException(String message, Throwable cause) {
    super(message, cause);
  }

  public PortException(String message) {
    super(message);
  }
}
