package org.vexor.packet.xdp;

import java.util.Arrays;

/// The open ports of an engine by number and address. Lookups by the owner only; allocates when a
/// port is added or removed.
final class PortTable {
  /// [#find]: nobody's.
  static final int NONE = -1;

  private static final int NUMBERS = 65536;
  private static final XdpPort[] EMPTY = {};

  /// Where the ports of a number begin, one above; 0 for none.
  private final short[] first = new short[NUMBERS];

  private int[] next = {};
  private volatile XdpPort[] ports = EMPTY;

  /// The index of the port that a datagram to an address and number of this host is for.
  int find(long high, long low, int number) {
    for (int i = first[number] - 1; i >= 0; i = next[i]) {
      if (ports[i].takes(high, low)) {
        return i;
      }
    }
    return NONE;
  }

  XdpPort get(int index) {
    return ports[index];
  }

  /// The ports that are open now; the array is never changed. Any thread.
  XdpPort[] all() {
    return ports;
  }

  void add(XdpPort port) {
    XdpPort[] more = Arrays.copyOf(ports, ports.length + 1);
    more[ports.length] = port;
    replace(more);
  }

  void remove(XdpPort port) {
    replace(Arrays.stream(ports).filter(other -> other != port).toArray(XdpPort[]::new));
  }

  private void replace(XdpPort[] now) {
    for (XdpPort gone : ports) {
      first[gone.localEndpoint().port()] = 0;
    }
    next = new int[now.length];
    for (int i = 0; i < now.length; i++) {
      int number = now[i].localEndpoint().port();
      next[i] = first[number] - 1;
      first[number] = (short) (i + 1);
    }
    ports = now;
  }
}
