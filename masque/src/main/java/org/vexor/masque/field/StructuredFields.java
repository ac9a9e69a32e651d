package org.vexor.masque.field;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads Structured Fields: items and lists of items (RFC 9651 §4.2). A list with an inner list, a
/// date or a display string in it counts as not parsable: no field of MASQUE has them.
public final class StructuredFields {
  private static final int MOST_INTEGER_DIGITS = 15;
  private static final int MOST_DECIMAL_DIGITS = 12;
  private static final int MOST_FRACTION_DIGITS = 3;
  private static final String TOKEN_EXTRAS = "!#$%&'*+-.^_`|~";

  private final String text;
  private int at;

  private StructuredFields(String text) {
    this.text = text;
  }

  /// Thrown and caught within this class.
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private Malformed() {
      super("malformed structured field", null, false, false);
    }
  }

  /// Reads a field that is one item; empty when it is not.
  public static Optional<FieldItem> item(String text) {
    try {
      var parser = new StructuredFields(text);
      parser.skipSpaces();
      FieldItem item = parser.item();
      parser.skipSpaces();
      return parser.isAtEnd() ? Optional.of(item) : Optional.empty();
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  /// Reads a field that is a list, its lines joined by commas; empty when it is not a list of
  /// items.
  public static Optional<List<FieldItem>> list(String text) {
    try {
      var parser = new StructuredFields(text);
      parser.skipSpaces();
      return Optional.of(parser.items());
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  private List<FieldItem> items() throws Malformed {
    var items = new ArrayList<FieldItem>();
    while (!isAtEnd()) {
      items.add(item());
      skipBlanks();
      if (isAtEnd()) {
        return items;
      }
      expect(',');
      skipBlanks();
      if (isAtEnd()) {
        throw new Malformed();
      }
    }
    return items;
  }

  private FieldItem item() throws Malformed {
    BareItem value = bareItem();
    Map<String, BareItem> parameters = new LinkedHashMap<>();
    while (!isAtEnd() && peek() == ';') {
      at++;
      skipSpaces();
      String key = key();
      BareItem parameter = new BareItem.BooleanItem(true);
      if (!isAtEnd() && peek() == '=') {
        at++;
        parameter = bareItem();
      }
      // A repeated key has its last value, at its first place.
      parameters.put(key, parameter);
    }
    return new FieldItem(value, parameters);
  }

  private BareItem bareItem() throws Malformed {
    char first = peek();
    if (first == '-' || isDigit(first)) {
      return number();
    }
    if (first == '"') {
      return string();
    }
    if (first == '*' || isLetter(first)) {
      return token();
    }
    return switch (first) {
      case ':' -> bytes();
      case '?' -> bool();
      default -> throw new Malformed();
    };
  }

  private BareItem number() throws Malformed {
    int begin = at;
    if (peek() == '-') {
      at++;
    }
    int whole = digits();
    if (isAtEnd() || peek() != '.') {
      if (whole == 0 || whole > MOST_INTEGER_DIGITS) {
        throw new Malformed();
      }
      return new BareItem.IntegerItem(Long.parseLong(text.substring(begin, at)));
    }
    at++;
    int fraction = digits();
    if (whole == 0
        || whole > MOST_DECIMAL_DIGITS
        || fraction == 0
        || fraction > MOST_FRACTION_DIGITS) {
      throw new Malformed();
    }
    return new BareItem.DecimalItem(new BigDecimal(text.substring(begin, at)));
  }

  private int digits() {
    int begin = at;
    while (!isAtEnd() && isDigit(text.charAt(at))) {
      at++;
    }
    return at - begin;
  }

  private BareItem string() throws Malformed {
    var value = new StringBuilder();
    at++;
    while (true) {
      char next = take();
      if (next == '"') {
        return new BareItem.StringItem(value.toString());
      }
      if (next == '\\') {
        next = take();
        if (next != '"' && next != '\\') {
          throw new Malformed();
        }
      }
      if (next < ' ' || next > '~') {
        throw new Malformed();
      }
      value.append(next);
    }
  }

  private BareItem token() {
    int begin = at++;
    while (!isAtEnd() && isTokenCharacter(text.charAt(at))) {
      at++;
    }
    return new BareItem.TokenItem(text.substring(begin, at));
  }

  private BareItem bytes() throws Malformed {
    int end = text.indexOf(':', at + 1);
    if (end < 0) {
      throw new Malformed();
    }
    String base64 = text.substring(at + 1, end);
    if (!base64.chars().allMatch(StructuredFields::isBase64)) {
      throw new Malformed();
    }
    at = end + 1;
    return new BareItem.BytesItem(base64);
  }

  private BareItem bool() throws Malformed {
    at++;
    return switch (take()) {
      case '1' -> new BareItem.BooleanItem(true);
      case '0' -> new BareItem.BooleanItem(false);
      default -> throw new Malformed();
    };
  }

  private String key() throws Malformed {
    int begin = at;
    char first = take();
    if (first != '*' && !isLowerCase(first)) {
      throw new Malformed();
    }
    while (!isAtEnd() && isKeyCharacter(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  private void expect(char wanted) throws Malformed {
    if (take() != wanted) {
      throw new Malformed();
    }
  }

  private char take() throws Malformed {
    char next = peek();
    at++;
    return next;
  }

  private char peek() throws Malformed {
    if (isAtEnd()) {
      throw new Malformed();
    }
    return text.charAt(at);
  }

  private boolean isAtEnd() {
    return at >= text.length();
  }

  private void skipSpaces() {
    while (!isAtEnd() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private void skipBlanks() {
    while (!isAtEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLowerCase(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isLetter(int c) {
    return isLowerCase(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isTokenCharacter(int c) {
    return isLetter(c) || isDigit(c) || c == ':' || c == '/' || TOKEN_EXTRAS.indexOf(c) >= 0;
  }

  private static boolean isKeyCharacter(int c) {
    return isLowerCase(c) || isDigit(c) || c == '_' || c == '-' || c == '.' || c == '*';
  }

  private static boolean isBase64(int c) {
    return isLetter(c) || isDigit(c) || c == '+' || c == '/' || c == '=';
  }
}
