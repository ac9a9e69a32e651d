package org.vexor.masque.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Header fields in their order, names in lower case; no pseudo-headers.
public final class FieldLines {
  /// None.
  public static final FieldLines EMPTY = new FieldLines(List.of());

  private final List<Map.Entry<String, String>> lines;

  private FieldLines(List<Map.Entry<String, String>> lines) {
    this.lines = lines;
  }

  /// From names and values.
  public static FieldLines of(List<Map.Entry<String, String>> lines) {
    var lower = new ArrayList<Map.Entry<String, String>>(lines.size());
    lines.forEach(line -> lower.add(Map.entry(lowerCase(line.getKey()), line.getValue())));
    return new FieldLines(List.copyOf(lower));
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// With one more line.
  public FieldLines with(String name, String value) {
    var more = new ArrayList<>(lines);
    more.add(Map.entry(lowerCase(name), value));
    return new FieldLines(List.copyOf(more));
  }

  /// Values of all lines with this name.
  ///
  /// @param name in lower case
  public List<String> values(String name) {
    return lines.stream()
        .filter(line -> line.getKey().equals(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /// The value, if there is exactly one line with this name.
  public Optional<String> single(String name) {
    List<String> values = values(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  public boolean contains(String name) {
    return lines.stream().anyMatch(line -> line.getKey().equals(name));
  }

  public List<Map.Entry<String, String>> lines() {
    return lines;
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
