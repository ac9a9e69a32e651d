package org.vexor.netty.suite;

import java.util.Map;
import org.vexor.packet.channel.ChannelEngine;

final class ChannelSuiteTest extends DatagramSuite {
  private static final String NO_CONNECT =
      "a DatagramChannel that is connected sends nowhere else, so these ports are not: no ICMP";
  private static final String NO_MULTICAST = "ports on DatagramChannel join no groups";

  @Override
  Loops servers() {
    return new Loops(() -> new ChannelEngine(OPTIONS));
  }

  @Override
  Map<String, String> inapplicable() {
    return Map.of(
        "ConnectNotExists", NO_CONNECT,
        "ConnectedWriteException", NO_CONNECT,
        "Multicast", NO_MULTICAST,
        "MulticastIpv6", NO_MULTICAST);
  }
}
