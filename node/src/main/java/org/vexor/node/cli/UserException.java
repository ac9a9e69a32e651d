package org.vexor.node.cli;

/// Something the user can mend: the message is the one line that they read, so it says what, with
/// which values, and how to mend it.
final class UserException extends Exception {
  private static final long serialVersionUID = 1;

  UserException(String message) {
    super(message);
  }

  UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
