package org.vexor.masque.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.vexor.masque.http.FieldLines;

/// What the client proves itself with besides a certificate. Printed without its secret.
public sealed interface Credentials {
  /// Nothing.
  record None() implements Credentials {
    @Override
    public FieldLines fields(boolean tunnel) {
      return FieldLines.EMPTY;
    }
  }

  /// User and password (RFC 7617).
  record Basic(String user, String password) implements Credentials {
    public Basic {
      if (user.indexOf(':') >= 0) {
        throw new IllegalArgumentException("a user name of Basic cannot have a colon in it");
      }
    }

    @Override
    public FieldLines fields(boolean tunnel) {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return lines("Basic " + Base64.getEncoder().encodeToString(pair), tunnel);
    }

    @Override
    public String toString() {
      return "Basic for " + user;
    }
  }

  /// A token (RFC 6750).
  record Bearer(String token) implements Credentials {
    public Bearer {
      if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c <= '~')) {
        throw new IllegalArgumentException("a bearer token is one word of printable characters");
      }
    }

    @Override
    public FieldLines fields(boolean tunnel) {
      return lines("Bearer " + token, tunnel);
    }

    @Override
    public String toString() {
      return "Bearer";
    }
  }

  /// The header fields that carry them. Proxies look for them in one of two fields: CONNECT-UDP
  /// asks a resource of the proxy's own, so that both are sensible there.
  ///
  /// @param tunnel for Extended CONNECT, not for CONNECT
  FieldLines fields(boolean tunnel);

  private static FieldLines lines(String value, boolean tunnel) {
    FieldLines lines = FieldLines.EMPTY.with("proxy-authorization", value);
    return tunnel ? lines.with("authorization", value) : lines;
  }
}
