package org.vexor.masque.proxy.access;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vexor.masque.http.FieldLines;
import org.vexor.quic.tls.PeerIdentity;

/// The clients that a proxy knows. Immutable; a change of the file makes another one.
public final class AccessList {
  private static final List<String> FIELDS = List.of("proxy-authorization", "authorization");

  /// As long as any header that HTTP/3 lets through.
  private static final int LONGEST_FIELD = 8_192;

  private final boolean open;
  private final boolean authorities;
  private final List<Credential> credentials;

  private AccessList(boolean open, boolean authorities, List<Credential> credentials) {
    this.open = open;
    this.authorities = authorities;
    this.credentials = List.copyOf(credentials);
  }

  /// Lets everybody in. For loopback addresses only.
  public static AccessList everybody() {
    return new AccessList(true, false, List.of());
  }

  /// From the lines of a file, of the form that the package's page shows.
  ///
  /// @param authorities whether TLS has accepted clients' certificates by an authority, which then
  ///   is enough to be let in
  /// @throws IllegalArgumentException when a line is of another form; the message has its number
  ///   and no secrets
  public static AccessList parse(List<String> lines, boolean authorities) {
    var credentials = new ArrayList<Credential>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          credentials.add(parse(line));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return new AccessList(false, authorities, credentials);
  }

  private static Credential parse(String line) {
    String[] words = line.split("\\s+", 3);
    if (words.length < 3) {
      throw new IllegalArgumentException("expected KIND NAME SECRET");
    }
    String kind = words[0].toUpperCase(Locale.ROOT);
    if (Arrays.stream(Credential.Kind.values()).noneMatch(each -> each.name().equals(kind))) {
      throw new IllegalArgumentException(
          "unknown kind '" + words[0] + "'; there are basic, bearer and key");
    }
    if (words[1].indexOf(':') >= 0) {
      throw new IllegalArgumentException("the name '" + words[1] + "' has a colon");
    }
    return Credential.of(Credential.Kind.valueOf(kind), words[1], words[2]);
  }

  /// Whether a certificate of a client may be of use, so that TLS has to ask for one.
  public boolean usesKeys() {
    return credentials.stream().anyMatch(each -> each.kind() == Credential.Kind.KEY);
  }

  /// Whether everybody is let in.
  public boolean isOpen() {
    return open;
  }

  /// How many credentials there are.
  public int size() {
    return credentials.size();
  }

  /// Judges a request.
  public AccessDecision judge(FieldLines fields, PeerIdentity peer) {
    if (open) {
      return new AccessDecision.Granted("");
    }
    if (authorities && !peer.certificates().isEmpty()) {
      return new AccessDecision.Granted(
          peer.certificates().getFirst().getSubjectX500Principal().getName());
    }
    Optional<String> byKey =
        peer.ed25519().flatMap(key -> find(Credential.Kind.KEY, Optional.empty(), key.bytes()));
    if (byKey.isPresent()) {
      return new AccessDecision.Granted(byKey.get());
    }
    for (String name : FIELDS) {
      List<String> values = fields.values(name);
      if (!values.isEmpty()) {
        return byField(values)
            .<AccessDecision>map(AccessDecision.Granted::new)
            .orElseGet(AccessDecision.Wrong::new);
      }
    }
    return new AccessDecision.Missing();
  }

  private Optional<String> byField(List<String> values) {
    String value = values.getFirst();
    int space = value.indexOf(' ');
    if (values.size() != 1 || space < 0 || value.length() > LONGEST_FIELD) {
      return Optional.empty();
    }
    String secret = value.substring(space + 1).strip();
    return switch (value.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" ->
          find(Credential.Kind.BEARER, Optional.empty(), secret.getBytes(StandardCharsets.UTF_8));
      case "basic" -> basic(secret);
      default -> Optional.empty();
    };
  }

  private Optional<String> basic(String encoded) {
    try {
      String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = decoded.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : find(
              Credential.Kind.BASIC,
              Optional.of(decoded.substring(0, colon)),
              decoded.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The name that a secret belongs to. Looks at all credentials in any case, so that the time
  /// taken says nothing of which one was nearly right.
  private Optional<String> find(Credential.Kind kind, Optional<String> name, byte[] secret) {
    byte[] digest = Credential.sha256(secret);
    Optional<String> found = Optional.empty();
    for (Credential each : credentials) {
      boolean named = name.isEmpty() || name.get().equals(each.name());
      boolean matches = each.matches(kind, digest);
      if (matches && named) {
        found = Optional.of(each.name());
      }
    }
    return found;
  }
}
