package org.vexor.node.masque;

import java.util.Optional;
import org.vexor.masque.http.HttpVersion;

/// What is known of a proxy at one moment.
///
/// @param kind in one word
/// @param version of HTTP in use; empty while there is no connection
/// @param detail why, in words; empty where nothing is to be said
public record ProxyVerdict(Kind kind, Optional<HttpVersion> version, String detail) {
  /// Nothing is known yet.
  static final ProxyVerdict UNKNOWN =
      new ProxyVerdict(Kind.TRYING, Optional.empty(), "being connected to");

  /// How it stands with a proxy.
  public enum Kind {
    /// Not known yet.
    TRYING("being tried"),
    /// It does all that was asked of it.
    READY("ready"),
    /// It does, over a worse HTTP version than allowed.
    DEGRADED("degraded"),
    /// It can be talked to, and what is behind it does not answer.
    SILENT("degraded"),
    /// It does not want us.
    REFUSED("refuses us"),
    /// It cannot be talked to.
    UNREACHABLE("unreachable");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /// Whether tunnels go through.
  public boolean isUsable() {
    return kind == Kind.READY || kind == Kind.DEGRADED || kind == Kind.SILENT;
  }

  /// Whether both are worth one and the same line.
  boolean isLike(ProxyVerdict other) {
    return kind == other.kind && version.equals(other.version);
  }

  /// `ready over HTTP/3`, `unreachable: why`.
  @Override
  public String toString() {
    return kind.words
        + version.map(used -> " over " + used.label()).orElse("")
        + (detail.isEmpty() ? "" : ": " + detail);
  }
}
