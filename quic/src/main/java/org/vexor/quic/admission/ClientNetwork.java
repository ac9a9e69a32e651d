package org.vexor.quic.admission;

import java.net.InetAddress;
import java.util.Arrays;

/// What limits are counted by: an IPv4 address, or the first 64 bits of an IPv6 one.
record ClientNetwork(long prefix, boolean ipv4) {
  static ClientNetwork of(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean ipv4 = bytes.length == 4;
    long prefix = 0;
    for (byte each : Arrays.copyOf(bytes, ipv4 ? 4 : 8)) {
      prefix = prefix << 8 | (each & 0xff);
    }
    return new ClientNetwork(prefix, ipv4);
  }
}
