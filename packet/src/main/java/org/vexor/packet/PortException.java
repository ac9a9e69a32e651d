package org.vexor.packet;

import org.vexor.linux.KernelException;

/// A port or an engine could not be opened. The message says what was tried, with which values, and
/// how to mend it; [#outcome] and [#remedy] are its two halves, for reports.
public final class PortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String outcome;
  private final String remedy;

  /// @param outcome what was tried, with which values, and what came of it
  /// @param remedy what to type or change; empty when nothing is known to help
  public PortException(String outcome, String remedy, Throwable cause) {
    super(message(outcome, remedy), cause);
    this.outcome = outcome;
    this.remedy = remedy;
  }

  /// One without a deeper cause.
  public PortException(String outcome, String remedy) {
    super(message(outcome, remedy));
    this.outcome = outcome;
    this.remedy = remedy;
  }

  /// One whose message says how to mend it, if it can be.
  public PortException(String message, Throwable cause) {
    super(message, cause);
    this.outcome = message;
    this.remedy = "";
  }

  public PortException(String message) {
    super(message);
    this.outcome = message;
    this.remedy = "";
  }

  /// What the kernel refused, with the remedy that belongs to its error.
  ///
  /// @param what what was to be opened, as `AF_XDP on eth0`
  public static PortException of(String what, KernelException refused) {
    return new PortException(what + " not opened: " + refused.failure(), refused.remedy(), refused);
  }

  private static String message(String outcome, String remedy) {
    return remedy.isEmpty() ? outcome : outcome + "; to mend: " + remedy;
  }

  /// What failed, without the remedy where that is known apart.
  public String outcome() {
    return outcome;
  }

  /// What to type or change; empty when that is not known, or part of the message.
  public String remedy() {
    return remedy;
  }
}
