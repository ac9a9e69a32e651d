package org.vexor.packet.report;

/// Traffic per second, measured over a time that has passed.
///
/// @param seconds that it was measured over
/// @param receivedPackets datagrams received, a second
/// @param receivedBits bits of their payloads, a second
/// @param sentPackets datagrams sent, a second
/// @param sentBits bits of their payloads, a second
/// @param drops datagrams dropped for all reasons together, a second
public record Rates(
    double seconds,
    double receivedPackets,
    double receivedBits,
    double sentPackets,
    double sentBits,
    double drops) {
  /// `1234 packets/s, 11.9 Mbit/s`, of what was received.
  public String receivedText() {
    return "%.0f packets/s, %.1f Mbit/s".formatted(receivedPackets, receivedBits / 1e6);
  }
}
