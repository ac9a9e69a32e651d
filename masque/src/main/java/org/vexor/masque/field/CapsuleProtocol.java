package org.vexor.masque.field;

import java.util.List;

/// `Capsule-Protocol`: says that capsules follow the headers (RFC 9297 §3.4).
public final class CapsuleProtocol {
  /// The field's name, as HTTP/2 and HTTP/3 want it.
  public static final String NAME = "capsule-protocol";

  /// What both sides send.
  public static final String VALUE = "?1";

  private CapsuleProtocol() {}

  /// Whether a message with these lines of the field uses capsules. A repeated field, and one of
  /// another type than a boolean, counts as absent; parameters mean nothing.
  public static boolean isSet(List<? extends CharSequence> lines) {
    return lines.size() == 1
        && StructuredFields.item(lines.getFirst().toString())
            .map(item -> item.value().equals(new BareItem.BooleanItem(true)))
            .orElse(false);
  }
}
