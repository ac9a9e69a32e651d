package org.vexor.netty.suite;

import java.util.Map;
import org.vexor.packet.memory.MemoryNetwork;

final class MemorySuiteTest extends DatagramSuite {
  private static final String JDK_PEER =
      "its peer is a socket of the JDK, which no simulated network reaches";
  private static final String NO_MULTICAST = "the simulated network has no multicast";
  private static final String NO_WILDCARD =
      "the simulated network delivers to the very address that was bound";

  private final MemoryNetwork network = new MemoryNetwork(1);

  @Override
  Loops servers() {
    return new Loops(() -> network.engine(OPTIONS));
  }

  @Override
  Map<String, String> inapplicable() {
    return Map.of(
        "Unicast.testReceiveEmptyDatagrams", JDK_PEER,
        "UnicastIpv6.testReceiveEmptyDatagrams", JDK_PEER,
        "UnicastWildcard", NO_WILDCARD,
        "Multicast", NO_MULTICAST,
        "MulticastIpv6", NO_MULTICAST);
  }
}
