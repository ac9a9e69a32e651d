package org.vexor.turbine.capture;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// The JSON of captured shreds: `[[163,7,…],[…],…]`, nothing but arrays of numbers from 0 to 255 in
/// one array. Read without a JSON library, which would make an object of every byte.
final class JsonBytesReader {
  private final byte[] text;
  private int at;

  private JsonBytesReader(byte[] text) {
    this.text = text;
  }

  static Reading read(byte[] content) {
    return new JsonBytesReader(content).outer();
  }

  private Reading outer() {
    List<byte[]> items = new ArrayList<>();
    if (!takes('[')) {
      return new Reading.Not("does not start with [");
    }
    do {
      if (!takes('[')) {
        return not("an inner array");
      }
      ByteArrayOutputStream item = new ByteArrayOutputStream();
      do {
        int value = number();
        if (value < 0) {
          return not("a number from 0 to 255");
        }
        item.write(value);
      } while (takes(','));
      if (!takes(']')) {
        return not("] or ,");
      }
      items.add(item.toByteArray());
    } while (takes(','));
    if (!takes(']')) {
      return not("] or ,");
    }
    skipSpace();
    return at == text.length ? new Reading.Read(items, 0) : not("the end");
  }

  private Reading not(String expected) {
    return new Reading.Not("byte " + at + " is not " + expected);
  }

  private boolean takes(char wanted) {
    skipSpace();
    if (at < text.length && text[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /// The number here, or -1.
  private int number() {
    skipSpace();
    int start = at;
    int value = 0;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      value = value * 10 + text[at] - '0';
      if (value > 255) {
        return -1;
      }
      at++;
    }
    return at == start ? -1 : value;
  }

  private void skipSpace() {
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
  }
}
