package org.vexor.packet.select;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which receive queues of a device to use.
public sealed interface QueueChoice {
  /// Every queue, so that no flow is missed.
  record All() implements QueueChoice {}

  /// Queues 0 to `count` - 1.
  record First(int count) implements QueueChoice {
    public First {
      if (count < 1) {
        throw new IllegalArgumentException(count + " queues; at least one is needed");
      }
    }
  }

  /// These, by number, ascending.
  record Only(List<Integer> queues) implements QueueChoice {
    public Only {
      queues = List.copyOf(new TreeSet<>(queues));
    }
  }

  /// Reads `all`, a count such as `2`, or a list of numbers and ranges such as `0,2,4-7`. A single
  /// queue other than the first is a range: `3-3`.
  ///
  /// @throws IllegalArgumentException when it is none of these
  static QueueChoice parse(String text) {
    if (text.equals("all")) {
      return new All();
    }
    if (text.matches("\\d{1,4}")) {
      return new First(Integer.parseInt(text));
    }
    var queues = new TreeSet<Integer>();
    Pattern range = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");
    for (String part : text.split(",", -1)) {
      Matcher matcher = range.matcher(part);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'" + text + "' is no choice of queues; give all, a count, or a list as 0,2,4-7");
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (last < first) {
        throw new IllegalArgumentException("range '" + part + "' ends before it begins");
      }
      for (int queue = first; queue <= last; queue++) {
        queues.add(queue);
      }
    }
    return new Only(List.copyOf(queues));
  }
}
