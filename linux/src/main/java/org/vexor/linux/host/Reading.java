package org.vexor.linux.host;

import java.util.Optional;

/// What came of reading a file of the kernel.
public sealed interface Reading {
  /// Its text, without white space around it.
  record Value(String text) implements Reading {}

  /// There is no such file: this kernel has not what it tells of, or it is not mounted.
  record Absent() implements Reading {}

  /// It is there, or may be, and could not be read.
  record Refused(String why) implements Reading {}

  /// The text when there is one.
  default Optional<String> value() {
    return this instanceof Value(String text) ? Optional.of(text) : Optional.empty();
  }
}
