package org.vexor.packet.xdp.device;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.Endpoint;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

@RequiresRoot
final class NeighbourhoodTest {
  private static final long PATIENCE_NS = 10_000_000_000L;

  @Test
  void neighboursInUseAreAskedForEveryThirtySeconds() {
    try (VirtualHosts hosts = VirtualHosts.create("packet-xdp");
        var _ = NetworkNamespace.enter(hosts.left().path());
        var neighbourhood = new Neighbourhood()) {
      int index = hosts.left().interfaceIndex();
      Endpoint right = Endpoint.parse(hosts.right().ipv4() + ":0");
      neighbourhood.inUse(new long[] {right.high(), right.low(), 0, 0}, 1);
      neighbourhood.refresh(index, 29);
      assertFalse(known(hosts));
      neighbourhood.refresh(index, 30);
      long start = System.nanoTime();
      while (!known(hosts)) {
        assertTrue(System.nanoTime() - start < PATIENCE_NS, "the neighbour is found");
      }
      hosts.left().ip("neigh", "flush", "dev", "v0");
      neighbourhood.refresh(index, 60);
      assertFalse(known(hosts), "one that is not in use any more is let go");
    }
  }

  private static boolean known(VirtualHosts hosts) {
    return hosts.left().ip("neigh", "show", "to", hosts.right().ipv4()).contains("lladdr");
  }
}
