package org.vexor.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Endpoint;

final class PeerTableTest {
  private final PeerTable table = new PeerTable();

  @Test
  void knowsPeersInBothForms() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      boolean ipv4 = random.nextBoolean();
      long high = ipv4 ? 0 : random.nextLong(3);
      long low = ipv4 ? Endpoint.ipv4Low(random.nextInt()) : random.nextLong();
      var endpoint = new Endpoint(high, low, random.nextInt(65_536));
      InetSocketAddress address = table.address(high, low, endpoint.port());
      assertEquals(endpoint.toSocketAddress(), address);
      assertEquals(endpoint, table.endpoint(address));
      assertSame(address, table.address(high, low, endpoint.port()));
    }
  }

  @Test
  void tellsNeighboursApart() {
    for (int port = 1; port < 5000; port++) {
      assertEquals(port, table.address(0, Endpoint.ipv4Low(0x7f000001), port).getPort());
      assertEquals(
          port,
          table.endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).port());
    }
  }
}
