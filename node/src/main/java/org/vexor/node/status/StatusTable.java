package org.vexor.node.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The table for a person, made of what a node answered.
public final class StatusTable {
  private static final List<String> HEADINGS =
      List.of("component", "state", "measured performance", "why");
  private static final List<String> FIELDS = List.of("component", "state", "performance", "why");

  private StatusTable() {}

  /// A line for each component, and one below it where somebody has to act.
  public static String of(JsonNode status) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    for (JsonNode component : status.path("components")) {
      rows.add(FIELDS.stream().map(field -> orDash(component.path(field))).toList());
    }
    int[] widths = new int[FIELDS.size() - 1];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    var text = new StringBuilder();
    text.append(
        "vexor %s, process %d, up %s%n%n"
            .formatted(
                status.path("version").asText(),
                status.path("pid").asLong(),
                time(status.path("uptime_seconds").asLong())));
    for (int row = 0; row < rows.size(); row++) {
      text.append(line(rows.get(row), widths)).append(System.lineSeparator());
      String action =
          row == 0 ? "" : status.path("components").path(row - 1).path("action").asText();
      if (!action.isEmpty()) {
        text.append("  action required: ").append(action).append(System.lineSeparator());
      }
    }
    return text.toString();
  }

  private static String orDash(JsonNode field) {
    String text = field.asText("");
    return text.isEmpty() ? "-" : text;
  }

  private static String line(List<String> row, int[] widths) {
    var text = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      text.append(cell).repeat(" ", widths[column] - cell.length() + 2);
    }
    return text.append(row.getLast()).toString();
  }

  private static String time(long seconds) {
    return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
