package org.vexor.masque.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vexor.masque.field.CapsuleProtocol;
import org.vexor.masque.field.ProxyStatus;

/// The header section of a response.
///
/// @param status where a tunnel over HTTP/1.1 was granted, 200 for the 101 on the wire
public record ResponseHead(int status, FieldLines fields) {
  private static final int OK = 200;
  private static final int FIRST_REDIRECT = 300;

  /// No content, reset content, partial content: not with capsules (RFC 9297 §3.2).
  private static final Set<Integer> WITHOUT_CAPSULES = Set.of(204, 205, 206);

  private static final Set<String> CONTENT_FIELDS =
      Set.of("content-length", "content-type", "transfer-encoding");

  /// Grants a tunnel of capsules.
  public static ResponseHead tunnel(FieldLines extra) {
    return new ResponseHead(OK, extra.with(CapsuleProtocol.NAME, CapsuleProtocol.VALUE));
  }

  /// Whether it is 2xx.
  public boolean isSuccess() {
    return status >= OK && status < FIRST_REDIRECT;
  }

  /// Whether it is 1xx: the answer is still to come.
  public boolean isInterim() {
    return status < OK;
  }

  /// Why a success cannot be the beginning of capsules; empty when it can.
  public Optional<String> capsuleObstacle() {
    if (WITHOUT_CAPSULES.contains(status)) {
      return Optional.of("status " + status + " has no place for capsules");
    }
    return CONTENT_FIELDS.stream()
        .filter(fields::contains)
        .findFirst()
        .map(name -> "field " + name + " has no place in front of capsules");
  }

  /// What proxies said on the way.
  public List<ProxyStatus> proxyStatus() {
    return ProxyStatus.parse(fields.values(ProxyStatus.NAME));
  }
}
