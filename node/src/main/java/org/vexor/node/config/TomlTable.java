package org.vexor.node.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A table of a TOML file, and the keys that it may have.
public final class TomlTable {
  private static final int MILLIS = 1_000;

  private final Path file;
  private final String name;
  private final JsonNode values;

  private TomlTable(Path file, String name, JsonNode values) {
    this.file = file;
    this.name = name;
    this.values = values;
  }

  /// The whole file.
  ///
  /// @throws ConfigException when it cannot be read, or is no TOML
  public static TomlTable read(Path file) throws ConfigException {
    try {
      return new TomlTable(file, "", new TomlMapper().readTree(Files.readString(file)));
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          file + ", line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ConfigException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// A table within; an empty one where there is none.
  ///
  /// @throws ConfigException when the key is something else
  public TomlTable table(String key) throws ConfigException {
    JsonNode inner = values.path(key);
    String path = name.isEmpty() ? key : name + "." + key;
    if (!inner.isMissingNode() && !inner.isObject()) {
      throw new ConfigException(file + ": " + path + " is no table; write [" + path + "]");
    }
    return new TomlTable(
        file, path, inner.isObject() ? inner : JsonNodeFactory.instance.objectNode());
  }

  /// Checks that there are no other keys.
  ///
  /// @throws ConfigException when there is one; it names the nearest known key
  public TomlTable onlyKnown(Set<String> known) throws ConfigException {
    for (String key : (Iterable<String>) values::fieldNames) {
      if (!known.contains(key)) {
        String nearest =
            known.stream()
                .min(Comparator.comparingInt(each -> distance(each, key)))
                .map(each -> "; did you mean '" + each + "'?")
                .orElse("");
        throw new ConfigException(place(key) + " is not known" + nearest);
      }
    }
    return this;
  }

  /// Letters to change, add or take away between two words (Levenshtein).
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  private String place(String key) {
    return file + ": " + (name.isEmpty() ? "" : name + ".") + key;
  }

  private Optional<JsonNode> get(String key) {
    JsonNode value = values.path(key);
    return value.isMissingNode() ? Optional.empty() : Optional.of(value);
  }

  private ConfigException notA(String key, String kind) {
    return new ConfigException(place(key) + " is not " + kind);
  }

  public Optional<String> text(String key) throws ConfigException {
    Optional<JsonNode> value = get(key);
    if (value.isPresent() && !value.get().isTextual()) {
      throw notA(key, "a text in quotes");
    }
    return value.map(JsonNode::asText);
  }

  public Optional<Boolean> flag(String key) throws ConfigException {
    Optional<JsonNode> value = get(key);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw notA(key, "true or false");
    }
    return value.map(JsonNode::asBoolean);
  }

  /// A whole number, not below zero.
  public Optional<Long> number(String key) throws ConfigException {
    Optional<JsonNode> value = get(key);
    if (value.isPresent() && !(value.get().canConvertToLong() && value.get().asLong() >= 0)) {
      throw notA(key, "a whole number");
    }
    return value.map(JsonNode::asLong);
  }

  /// Seconds, with fractions where wanted.
  public Optional<Duration> seconds(String key) throws ConfigException {
    Optional<JsonNode> value = get(key);
    if (value.isPresent() && !(value.get().isNumber() && value.get().asDouble() >= 0)) {
      throw notA(key, "a number of seconds");
    }
    return value.map(each -> Duration.ofMillis(Math.round(each.asDouble() * MILLIS)));
  }

  public Optional<List<String>> texts(String key) throws ConfigException {
    Optional<JsonNode> value = get(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    var texts = new ArrayList<String>();
    for (JsonNode each : value.get()) {
      if (!each.isTextual()) {
        throw notA(key, "a list of texts in quotes");
      }
      texts.add(each.asText());
    }
    if (!value.get().isArray()) {
      throw notA(key, "a list of texts in quotes");
    }
    return Optional.of(texts);
  }
}
