package org.vexor.tpu.leader;

/// How many leaders get a transaction.
///
/// @param leaders the current one and those that follow, each another node; 1 to [#MOST_LEADERS]
/// @param overlapSlots how long before a window ends the next leader counts as current too: a
///   transaction under way then arrives when the window is over
/// @param warmWindows windows ahead whose leaders are to be connected to
public record FanOut(int leaders, int overlapSlots, int warmWindows) {
  /// More than these are not the next leaders but everybody.
  public static final int MOST_LEADERS = 16;

  /// The current leader and the next, overlapping by one slot, one window more connected.
  public static final FanOut DEFAULT = new FanOut(2, 1, 1);

  /// @throws IllegalArgumentException naming the range
  public FanOut {
    require("leaders", leaders, 1, MOST_LEADERS);
    require("overlapSlots", overlapSlots, 0, 8);
    require("warmWindows", warmWindows, 0, MOST_LEADERS);
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", got " + value);
    }
  }

  /// The same with another number of leaders.
  public FanOut withLeaders(int count) {
    return new FanOut(count, overlapSlots, warmWindows);
  }
}
