package org.vexor.tpu.leader;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Says once when a trouble begins and once when it is over, however many plans have it. One
/// thread.
public final class TroubleLog {
  private static final int MOST_OPEN = 1024;

  private final Consumer<String> lines;
  private final Map<String, String> open = new LinkedHashMap<>();

  /// @param lines take one line for each change
  public TroubleLog(Consumer<String> lines) {
    this.lines = lines;
  }

  /// Compares with what was said before.
  ///
  /// @return changes said
  public int update(List<Trouble> troubles) {
    Set<String> seen = new HashSet<>();
    int said = 0;
    for (Trouble trouble : troubles) {
      String key = key(trouble);
      seen.add(key);
      if (open.size() < MOST_OPEN && open.putIfAbsent(key, trouble.toString()) == null) {
        lines.accept(trouble.toString());
        said++;
      }
    }
    for (String key : List.copyOf(open.keySet())) {
      if (!seen.contains(key)) {
        lines.accept("over: " + open.remove(key));
        said++;
      }
    }
    return said;
  }

  private static String key(Trouble trouble) {
    return switch (trouble) {
      case Trouble.NoSlot() -> "slot";
      case Trouble.Coasting(long ageNs) -> "coasting";
      case Trouble.NoAnswer(String why) -> "answer";
      case Trouble.NoFeed(String why) -> "feed";
      case Trouble.NoSchedule(long slot) -> "schedule";
      case Trouble.NoAddress(var leader, long slot) -> leader.toString();
    };
  }
}
