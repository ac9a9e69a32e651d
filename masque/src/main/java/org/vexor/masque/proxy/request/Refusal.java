package org.vexor.masque.proxy.request;

import java.util.Optional;
import org.vexor.masque.field.ProxyStatus;
import org.vexor.masque.http.FieldLines;
import org.vexor.masque.http.ResponseHead;

/// A request that is not granted.
///
/// @param details for the client, in words; may be empty
/// @param rcode of DNS, where that is the reason
public record Refusal(RefusalReason reason, String details, Optional<String> rcode) {
  private static final String CHALLENGE = "Basic realm=\"proxy\", charset=\"UTF-8\"";

  public static Refusal of(RefusalReason reason, String details) {
    return new Refusal(reason, details, Optional.empty());
  }

  /// The answer.
  ///
  /// @param proxy the name by which the proxy speaks of itself
  public ResponseHead response(String proxy) {
    ProxyStatus status = ProxyStatus.failure(proxy, reason.error(), details);
    FieldLines fields =
        FieldLines.EMPTY.with(
            ProxyStatus.NAME, rcode.map(status::withRcode).orElse(status).format());
    fields =
        switch (reason) {
          case CREDENTIALS_MISSING, CREDENTIALS_WRONG ->
              fields
                  .with("proxy-authenticate", CHALLENGE)
                  .with("proxy-authenticate", "Bearer realm=\"proxy\"");
          case METHOD -> fields.with("allow", "CONNECT");
          default -> fields;
        };
    return new ResponseHead(reason.status(), fields.with("content-length", "0"));
  }
}
