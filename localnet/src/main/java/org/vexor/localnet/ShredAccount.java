package org.vexor.localnet;

import java.util.Map;

/// Where all shreds went. A shred sent to four nodes counts four times.
///
/// @param sent shreds that leaders had for receivers
/// @param lostByInjection thrown away on purpose before the network
/// @param lostOnTheWay dropped by the system or the ports, by reason
/// @param received datagrams that receivers took
/// @param kept new and wanted
/// @param duplicates kept before
/// @param surplus sound, of a slot that was complete without them
/// @param refused dropped by receivers, by reason
public record ShredAccount(
    long sent,
    long lostByInjection,
    Map<String, Long> lostOnTheWay,
    long received,
    long kept,
    long duplicates,
    long surplus,
    Map<String, Long> refused) {
  /// Copies the maps.
  public ShredAccount {
    lostOnTheWay = Map.copyOf(lostOnTheWay);
    refused = Map.copyOf(refused);
  }

  /// Shreds that vanished without a name between sender and receiver; below zero, came from
  /// nowhere.
  public long unexplainedOnTheWay() {
    return sent - lostByInjection - sum(lostOnTheWay) - received;
  }

  /// Shreds received of which nobody knows what became.
  public long unexplainedAtReceivers() {
    return received - kept - duplicates - surplus - sum(refused);
  }

  public boolean closes() {
    return unexplainedOnTheWay() == 0 && unexplainedAtReceivers() == 0;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
