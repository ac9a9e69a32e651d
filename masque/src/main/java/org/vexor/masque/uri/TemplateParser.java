package org.vexor.masque.uri;

import java.util.ArrayList;
import java.util.List;

/// Cuts a template into its parts.
final class TemplateParser {
  private TemplateParser() {}

  /// Of the path and query of `text`, which begin at `from`.
  ///
  /// @throws IllegalArgumentException when an expression is not allowed
  static List<TemplatePart> parse(String text, int from) {
    var parts = new ArrayList<TemplatePart>();
    int at = from;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int end = open < 0 ? text.length() : open;
      if (end > at) {
        String literal = text.substring(at, end);
        if (literal.indexOf('}') >= 0) {
          throw UriTemplate.refused(text, "a } without its {");
        }
        parts.add(new TemplatePart.Literal(literal));
      }
      if (open < 0) {
        break;
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw UriTemplate.refused(text, "a { without its }");
      }
      if (!parts.isEmpty() && !(parts.getLast() instanceof TemplatePart.Literal)) {
        throw UriTemplate.refused(text, "two expressions without anything between them");
      }
      parts.add(expression(text, text.substring(open + 1, close)));
      at = close + 1;
    }
    return List.copyOf(parts);
  }

  private static TemplatePart expression(String text, String inside) {
    boolean query = inside.startsWith("?") || inside.startsWith("&");
    List<String> names = List.of((query ? inside.substring(1) : inside).split(",", -1));
    for (String name : names) {
      if (!isName(name)) {
        throw UriTemplate.refused(
            text, "expression {" + inside + "}: only {name}, {?name,name} and {&name} are allowed");
      }
    }
    return query ? new TemplatePart.Query(inside.charAt(0), names) : new TemplatePart.Simple(names);
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!PercentCoding.isUnreserved(c) || c == '-' || c == '~') {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
