package org.vexor.bench.packet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/// Runs of a laboratory, as the peers' `measure` writes them: a line each, with a key of four parts
/// and what each end printed.
final class Results {
  /// What ran, in which layout, with which sender and payload.
  record Key(String name, String layout, String sender, int payload) {}

  private final Map<Key, List<JsonNode>> runs = new LinkedHashMap<>();

  void add(JsonNode line) {
    JsonNode key = line.path("key");
    var of =
        new Key(
            key.path(0).asText(), key.path(1).asText(), key.path(2).asText(), key.path(3).asInt());
    runs.computeIfAbsent(of, _ -> new ArrayList<>()).add(line);
  }

  /// Payloads that something of this name ran with.
  SortedSet<Integer> payloads(String name) {
    var payloads = new TreeSet<Integer>();
    for (Key key : runs.keySet()) {
      if (key.name().equals(name)) {
        payloads.add(key.payload());
      }
    }
    return payloads;
  }

  /// A figure of each round; not a number where the run failed.
  List<Double> of(Key key, ToDoubleFunction<JsonNode> figure) {
    return runs.getOrDefault(key, List.of()).stream().map(figure::applyAsDouble).toList();
  }

  /// The quotients of two lists, round by round.
  static List<Double> quotients(List<Double> above, List<Double> below) {
    var quotients = new ArrayList<Double>();
    for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
      quotients.add(above.get(round) / below.get(round));
    }
    return quotients;
  }

  /// `median [least..most]` with so many digits, and how many rounds gave no figure.
  static String spread(List<Double> all, int digits) {
    List<Double> sorted = all.stream().filter(Double::isFinite).sorted().toList();
    int failed = all.size() - sorted.size();
    String failures = failed == 0 ? "" : " (" + failed + " failed)";
    if (sorted.isEmpty()) {
      return "-" + failures;
    }
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    String format = "%." + digits + "f";
    String range =
        sorted.size() == 1
            ? ""
            : String.format(
                Locale.ROOT,
                " [" + format + ".." + format + "]",
                sorted.getFirst(),
                sorted.getLast());
    return String.format(Locale.ROOT, format, median) + range + failures;
  }
}
