package org.vexor.masque.tunnel;

import org.jspecify.annotations.Nullable;

/// The tunnels of one port by destination: open addressing over numbers, so that a look-up needs no
/// object. Engine's thread only.
final class TunnelTable {
  private static final int FIRST_PLACES = 16;

  private @Nullable PortTunnel[] places = new PortTunnel[FIRST_PLACES];
  private int count;

  @Nullable PortTunnel get(long high, long low, int port) {
    int at = start(high, low, port, places.length);
    PortTunnel found = places[at];
    while (found != null && !found.leadsTo(high, low, port)) {
      at = (at + 1) & (places.length - 1);
      found = places[at];
    }
    return found;
  }

  void put(PortTunnel tunnel) {
    if (2 * (count + 1) > places.length) {
      rebuild(2 * places.length, null);
    }
    insert(places, tunnel);
    count++;
  }

  @SuppressWarnings("ReferenceEquality") // this very tunnel
  void remove(PortTunnel tunnel) {
    rebuild(places.length, tunnel);
    count--;
  }

  @SuppressWarnings("ReferenceEquality") // this very tunnel
  private void rebuild(int size, @Nullable PortTunnel without) {
    PortTunnel[] next = new PortTunnel[size];
    for (PortTunnel each : places) {
      if (each != null && each != without) {
        insert(next, each);
      }
    }
    places = next;
  }

  private static void insert(@Nullable PortTunnel[] into, PortTunnel tunnel) {
    int at = start(tunnel.high(), tunnel.low(), tunnel.port(), into.length);
    while (into[at] != null) {
      at = (at + 1) & (into.length - 1);
    }
    into[at] = tunnel;
  }

  private static int start(long high, long low, int port, int places) {
    long mixed = (high * 31 + low) * 0x9e37_79b9_7f4a_7c15L + port * 0xff51_afd7_ed55_8ccdL;
    return (int) (mixed >>> 40) & (places - 1);
  }
}
