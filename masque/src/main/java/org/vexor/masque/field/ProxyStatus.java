package org.vexor.masque.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one proxy says of a response in `Proxy-Status` (RFC 9209).
///
/// @param proxy its name
/// @param error what went wrong, as a token; empty when nothing did
/// @param nextHop where it went on to, such as the resolved address of the target
/// @param receivedStatus the status it got from there
/// @param rcode what DNS answered, such as `NXDOMAIN`
/// @param details in words
public record ProxyStatus(
    String proxy,
    Optional<String> error,
    Optional<String> nextHop,
    Optional<Integer> receivedStatus,
    Optional<String> rcode,
    Optional<String> details) {
  /// The field's name, as HTTP/2 and HTTP/3 want it.
  public static final String NAME = "proxy-status";

  private static final String ERROR = "error";
  private static final String NEXT_HOP = "next-hop";
  private static final String RECEIVED_STATUS = "received-status";
  private static final String RCODE = "rcode";
  private static final String DETAILS = "details";

  /// Of a proxy that did what was asked.
  public static ProxyStatus success(String proxy, String nextHop) {
    return new ProxyStatus(
        proxy,
        Optional.empty(),
        Optional.of(nextHop),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// Of a proxy that did not.
  public static ProxyStatus failure(String proxy, ProxyError error, String details) {
    return new ProxyStatus(
        proxy,
        Optional.of(error.token()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        details.isEmpty() ? Optional.empty() : Optional.of(details));
  }

  /// With what DNS answered.
  public ProxyStatus withRcode(String newRcode) {
    return new ProxyStatus(proxy, error, nextHop, receivedStatus, Optional.of(newRcode), details);
  }

  /// The members of a field, the proxy nearest to the target first; none when it does not parse.
  ///
  /// @param lines of the field
  public static List<ProxyStatus> parse(List<? extends CharSequence> lines) {
    return StructuredFields.list(String.join(",", lines))
        .map(items -> items.stream().flatMap(item -> of(item).stream()).toList())
        .orElse(List.of());
  }

  private static Optional<ProxyStatus> of(FieldItem item) {
    return text(item.value())
        .map(
            name ->
                new ProxyStatus(
                    name,
                    parameter(item, ERROR),
                    parameter(item, NEXT_HOP),
                    status(item),
                    parameter(item, RCODE),
                    parameter(item, DETAILS)));
  }

  private static Optional<String> parameter(FieldItem item, String key) {
    return Optional.ofNullable(item.parameters().get(key)).flatMap(ProxyStatus::text);
  }

  private static Optional<Integer> status(FieldItem item) {
    return item.parameters().get(RECEIVED_STATUS) instanceof BareItem.IntegerItem number
            && number.value() >= 100
            && number.value() <= 999
        ? Optional.of((int) number.value())
        : Optional.empty();
  }

  private static Optional<String> text(BareItem item) {
    return switch (item) {
      case BareItem.StringItem string -> Optional.of(string.value());
      case BareItem.TokenItem token -> Optional.of(token.value());
      case BareItem.IntegerItem _,
          BareItem.DecimalItem _,
          BareItem.BytesItem _,
          BareItem.BooleanItem _ ->
          Optional.empty();
    };
  }

  /// The field's value.
  public String format() {
    Map<String, BareItem> parameters = new LinkedHashMap<>();
    error.ifPresent(token -> parameters.put(ERROR, new BareItem.TokenItem(token)));
    nextHop.ifPresent(hop -> parameters.put(NEXT_HOP, string(hop)));
    receivedStatus.ifPresent(
        status -> parameters.put(RECEIVED_STATUS, new BareItem.IntegerItem(status)));
    rcode.ifPresent(code -> parameters.put(RCODE, string(code)));
    details.ifPresent(words -> parameters.put(DETAILS, string(words)));
    return new FieldItem(string(proxy), parameters).toString();
  }

  /// Characters that the field cannot carry become question marks.
  private static BareItem string(String text) {
    var printable = new StringBuilder();
    text.chars().forEach(c -> printable.append(c < ' ' || c > '~' ? '?' : (char) c));
    return new BareItem.StringItem(printable.toString());
  }
}
