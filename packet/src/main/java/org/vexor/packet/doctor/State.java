package org.vexor.packet.doctor;

import java.util.Locale;

/// How a finding bears on the best that could be had: the best backend, or the best way to a proxy.
public enum State {
  /// As it should be, or without influence.
  OK,
  /// It works, and could be faster or safer.
  WARN,
  /// It keeps something better from being used.
  PROBLEM,
  /// It could not be found out.
  UNKNOWN;

  /// The word for it in text and JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
