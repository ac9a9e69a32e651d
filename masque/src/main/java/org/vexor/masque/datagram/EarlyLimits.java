package org.vexor.masque.datagram;

import java.time.Duration;

/// How much is held for requests that are not there yet, per connection.
///
/// @param datagrams at most
/// @param bytes of their payloads together, at most
/// @param age after which one is dropped; about a round trip (RFC 9297 §2.1)
public record EarlyLimits(int datagrams, int bytes, Duration age) {
  /// A round trip of a bad path; the memory of a few dozen full packets.
  public static final EarlyLimits DEFAULT = new EarlyLimits(64, 64 * 1_500, Duration.ofMillis(500));

  /// Holds nothing.
  public static final EarlyLimits NONE = new EarlyLimits(0, 0, Duration.ZERO);

  public EarlyLimits {
    if (datagrams < 0 || bytes < 0 || age.isNegative()) {
      throw new IllegalArgumentException(
          "early datagrams: "
              + datagrams
              + " datagrams, "
              + bytes
              + " bytes, "
              + age
              + ": none may be negative");
    }
  }
}
