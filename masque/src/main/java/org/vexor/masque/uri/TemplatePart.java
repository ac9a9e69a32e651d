package org.vexor.masque.uri;

import java.util.List;
import java.util.Map;

/// A piece of a template.
sealed interface TemplatePart {
  /// [#match]: it does not.
  int NO_MATCH = -1;

  List<String> variables();

  void expand(StringBuilder path, Map<String, String> values);

  /// Takes the part of `path` from `at` that this piece can have made.
  ///
  /// @return where the next piece begins, or [#NO_MATCH]
  int match(String path, int at, Map<String, String> encoded);

  /// Text.
  record Literal(String text) implements TemplatePart {
    @Override
    public List<String> variables() {
      return List.of();
    }

    @Override
    public void expand(StringBuilder path, Map<String, String> values) {
      path.append(text);
    }

    @Override
    public int match(String path, int at, Map<String, String> encoded) {
      return path.startsWith(text, at) ? at + text.length() : NO_MATCH;
    }
  }

  /// `{a}` or `{a,b}`: values, with commas between them.
  record Simple(List<String> variables) implements TemplatePart {
    @Override
    public void expand(StringBuilder path, Map<String, String> values) {
      for (int i = 0; i < variables.size(); i++) {
        path.append(i == 0 ? "" : ",");
        path.append(PercentCoding.encode(values.getOrDefault(variables.get(i), "")));
      }
    }

    @Override
    public int match(String path, int at, Map<String, String> encoded) {
      int next = at;
      for (int i = 0; i < variables.size(); i++) {
        if (i > 0) {
          if (next >= path.length() || path.charAt(next) != ',') {
            return NO_MATCH;
          }
          next++;
        }
        int end = endOfValue(path, next);
        encoded.put(variables.get(i), path.substring(next, end));
        next = end;
      }
      return next;
    }
  }

  /// `{?a,b}` or `{&a,b}`: `a=1&b=2`; when matched, in any order, each once.
  record Query(char first, List<String> variables) implements TemplatePart {
    @Override
    public void expand(StringBuilder path, Map<String, String> values) {
      char separator = first;
      for (String name : variables) {
        path.append(separator).append(name).append('=');
        path.append(PercentCoding.encode(values.getOrDefault(name, "")));
        separator = '&';
      }
    }

    @Override
    public int match(String path, int at, Map<String, String> encoded) {
      int next = at;
      for (int i = 0; i < variables.size(); i++) {
        if (next >= path.length() || path.charAt(next) != (i == 0 ? first : '&')) {
          return NO_MATCH;
        }
        int equals = path.indexOf('=', next);
        if (equals < 0) {
          return NO_MATCH;
        }
        String name = path.substring(next + 1, equals);
        int end = endOfValue(path, equals + 1);
        if (!variables.contains(name)
            || encoded.put(name, path.substring(equals + 1, end)) != null) {
          return NO_MATCH;
        }
        next = end;
      }
      return next;
    }
  }

  private static int endOfValue(String path, int from) {
    int end = from;
    while (end < path.length()
        && (PercentCoding.isUnreserved(path.charAt(end)) || path.charAt(end) == '%')) {
      end++;
    }
    return end;
  }
}
