package org.vexor.masque.field;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// An item of a Structured Field with its parameters, in their order.
public record FieldItem(BareItem value, Map<String, BareItem> parameters) {
  public FieldItem {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  @Override
  public String toString() {
    var text = new StringBuilder(value.toString());
    parameters.forEach(
        (key, parameter) -> {
          text.append(';').append(key);
          if (!parameter.equals(new BareItem.BooleanItem(true))) {
            text.append('=').append(parameter);
          }
        });
    return text.toString();
  }
}
