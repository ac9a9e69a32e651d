package org.vexor.masque.field;

import java.math.BigDecimal;

/// A value of a Structured Field (RFC 9651 §3.3).
public sealed interface BareItem {
  /// A whole number of up to 15 digits.
  record IntegerItem(long value) implements BareItem {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /// A number with up to three digits behind the point.
  record DecimalItem(BigDecimal value) implements BareItem {
    @Override
    public String toString() {
      return value.toPlainString();
    }
  }

  /// Text of printable ASCII characters.
  record StringItem(String value) implements BareItem {
    public StringItem {
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
          throw new IllegalArgumentException(
              "a string of a structured field cannot hold character " + (int) value.charAt(i));
        }
      }
    }

    @Override
    public String toString() {
      return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }

  /// A word.
  record TokenItem(String value) implements BareItem {
    @Override
    public String toString() {
      return value;
    }
  }

  /// Bytes, here in their base64 form.
  record BytesItem(String base64) implements BareItem {
    @Override
    public String toString() {
      return ':' + base64 + ':';
    }
  }

  /// Yes or no.
  record BooleanItem(boolean value) implements BareItem {
    @Override
    public String toString() {
      return value ? "?1" : "?0";
    }
  }
}
