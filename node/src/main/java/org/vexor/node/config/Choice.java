package org.vexor.node.config;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One of a few words, on a command line or in a file.
public final class Choice {
  private Choice() {}

  /// The value whose word was given.
  ///
  /// @param what is chosen, for the message: "--backend"
  /// @throws IllegalArgumentException when it is the word of none, with all that there are
  public static <T> T of(String what, String given, T[] values, Function<T, String> word) {
    for (T value : values) {
      if (word.apply(value).equals(given)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        what
            + " '"
            + given
            + "' is none of "
            + Arrays.stream(values).map(word).collect(Collectors.joining(", ")));
  }
}
